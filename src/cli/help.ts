export const HELP = `\
Sign requests to AWS API Gateway, and to any AWS service.

  gatesign call URL       send a signed request and print the answer
  gatesign presign URL    print a URL that carries the signature
  gatesign explain URL    print what would be signed; nothing is sent
  gatesign diagnose       read a gateway's error from standard input and say what it means
  gatesign whoami         print whose credentials are used, from where they come, and whether the clock is right
  gatesign serve          serve the web tester to this machine, at http://127.0.0.1:8082/
  gatesign help

Request
  -X, --request METHOD    default GET, or POST with -d
  -H, --header 'N: V'     may be repeated; an API key is 'x-api-key: KEY'
  -d, --data DATA         (call, explain) the body; @FILE reads a file, @- standard input, both unchanged
                          (Content-Type is application/json unless -H gives one)

Signature
  --region REGION         default: the host's, AWS_REGION, AWS_DEFAULT_REGION, the profile's
  --service SERVICE       default execute-api
  --profile NAME          of ~/.aws/config and ~/.aws/credentials; default: AWS_PROFILE, AWS_DEFAULT_PROFILE
  --no-sign               (call) send it without a signature
  --expires SECONDS       (presign) 1 to 604800, default 300

Answer
  -i, --include           status and headers before the body
  -o, --output FILE       the body goes to a file
  -f, --fail              exit code 22 and no body for a status from 400 on
  -m, --max-time SECONDS  for the whole call
  -s, --silent            no diagnosis of a refusal
  --explain               (call) what is signed, on standard error
  --json                  (explain, diagnose, whoami) as JSON

Web tester
  --port PORT             default 8082; 0 takes any that is free
  --forward HOST[,HOST]   let the page send to HOST through this command, for APIs without CORS; may be repeated.
                          HOST (port 443), HOST:PORT, or *.execute-api.REGION.amazonaws.com, where * is an API's id
  --profile NAME[,NAME]   let the page have temporary credentials of these profiles; may be repeated
  --ipv6                  listen on ::1 too; it is never any other address than this machine's own
  -s, --silent            no line for each forwarded request

Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, unless --profile is
given; then from the profile: keys, a role, AWS SSO after 'aws sso login', credential_process, and what else the
AWS CLI knows, if it is installed; then from a web identity, a container or an instance.

Exit codes: 0 an answer came, 1 nothing could be signed or served, 2 usage, and curl's: 6 unknown host,
7 no connection, 22 refused with -f, 23 the output cannot be written, 28 timeout, 35 no TLS, 56 the answer
broke off, 60 a certificate that does not verify.`
