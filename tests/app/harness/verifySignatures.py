"""Checks the Signature Version 4 of recorded requests with botocore, which shares no code with the application.

Reads a JSON list of {method, url, headers, body (base64)} and prints a list with one text for each: "" when
the signature is right, else the fault.
"""
import base64
import json
import re
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, "
    r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$"
)
# A request that lacks one of these in its signature could be replayed as another.
MUST_BE_SIGNED = {"host", "x-amz-date", "x-amz-security-token"}


def fault(request, credentials):
    headers = {name.lower(): value for name, value in request["headers"].items()}
    match = AUTHORIZATION.match(headers.get("authorization", ""))
    if match is None:
        return "no authorization of version 4"
    key, day, region, service, signed, signature = match.groups()
    names = signed.split(";")
    missing = [name for name in names if name not in headers]
    if missing:
        return "signed and not sent: " + ", ".join(missing)
    if MUST_BE_SIGNED - set(names):
        return "not signed: " + ", ".join(sorted(MUST_BE_SIGNED - set(names)))
    if key != credentials.access_key or headers["x-amz-security-token"] != credentials.token:
        return "signed as somebody else"
    if not headers["x-amz-date"].startswith(day):
        return "signed for another day"
    again = AWSRequest(
        method=request["method"],
        url=request["url"],
        data=base64.b64decode(request["body"]),
        headers={name: headers[name] for name in names},
    )
    again.context["timestamp"] = headers["x-amz-date"]
    signer = SigV4Auth(credentials, service, region)
    expected = signer.signature(signer.string_to_sign(again, signer.canonical_request(again)), again)
    return "" if expected == signature else "another signature"


given = json.load(sys.stdin)
role = Credentials(given["key"], given["secret"], given["token"])
json.dump([fault(request, role) for request in given["requests"]], sys.stdout)
