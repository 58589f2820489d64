"""Signs with botocore: a list of requests in JSON on stdin, their signatures in JSON on stdout."""

import base64
import datetime
import json
import re
import sys

import botocore.auth
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

S3_FAMILY = ("s3", "s3express", "s3-outposts", "s3-object-lambda")
SIGNERS = {
    (True, False): S3SigV4Auth,
    (True, True): S3SigV4QueryAuth,
    (False, False): SigV4Auth,
    (False, True): SigV4QueryAuth,
}


def signature(case):
    """The 64 digits that botocore makes of one request."""
    now = datetime.datetime.fromtimestamp(case["ms"] / 1000, datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *_: now
    identity = case["identity"]
    credentials = Credentials(
        identity["accessKeyId"], identity["secretAccessKey"], identity.get("sessionToken")
    )
    request = AWSRequest(
        method=case["method"],
        url=case["url"],
        headers=case["headers"],
        data=base64.b64decode(case["body"]),
        # Pairs for a header signature, a mapping for a presigned URL, as botocore asks for them.
        params=case["params"] if case["presign"] else [tuple(pair) for pair in case["params"]],
    )
    signer = SIGNERS[case["service"] in S3_FAMILY, case["presign"]]
    extra = [case["expiresIn"]] if case["presign"] else []
    signer(credentials, case["service"], case["region"], *extra).add_auth(request)
    text = request.url if case["presign"] else request.headers["Authorization"]
    return re.search(r"Signature=([0-9a-f]{64})", text).group(1)


json.dump([signature(case) for case in json.load(sys.stdin)], sys.stdout)
