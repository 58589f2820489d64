/** The services with S3's rules, as `Rules::for_service` of the core has them; a test holds the two together. */
export const S3_SERVICES = ['s3', 's3express', 's3-object-lambda', 's3-outposts']
