/** The services with S3's rules, the same as in `Rules::for_service` of the core; a test compares both. */
export const S3_SERVICES = ['s3', 's3express', 's3-object-lambda', 's3-outposts']
