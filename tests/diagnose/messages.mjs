// AWS's message on a signature that does not match, and what was signed here.

export const OURS =
  'POST\n/prod/movies\na=1&b=2\ncontent-type:application/json\nhost:a.b\nx-amz-date:20250509T163523Z\nx-amz-security-token:canary-token\n\ncontent-type;host;x-amz-date;x-amz-security-token\nhash'

export const TO_SIGN = 'AWS4-HMAC-SHA256\n20250509T163523Z\n20250509/us-west-2/execute-api/aws4_request\nffff'

/** The whole message for a request that AWS read as these. */
export const messageOf = (canonicalRequest, stringToSign) =>
  `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`
