"""What Schemathesis cannot know from the OpenAPI document: how to sign, and which ids exist.

Signs what is really sent: requests hands the prepared request to its auth, after query and body are serialised.
"""

import hashlib
import hmac
import json
import os
import re
import time
import urllib.request
from urllib.parse import quote, unquote_to_bytes, urlsplit

import schemathesis
from requests.auth import AuthBase

BASE_URL = os.environ["KOODRIVE_BASE_URL"]
APP_ID = os.environ["KOODRIVE_APP_ID"]
APP_SECRET = os.environ["KOODRIVE_APP_SECRET"]
USER_ID = os.environ["KOODRIVE_USER_ID"]
ACCESS_TOKEN = os.environ["KOODRIVE_ACCESS_TOKEN"]
SIGNED = "/user/batchRegister/"


def canonical_query(query: str) -> str:
    pairs = []
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        pairs.append((quote(unquote_to_bytes(name), safe="-_.~"), quote(unquote_to_bytes(value), safe="-_.~")))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def sign(method: str, url: str, headers: dict, body: bytes) -> str:
    parts = urlsplit(url)
    signed = {"host": parts.netloc, **{name.lower(): str(headers[name]).strip() for name in headers}}
    names = [name for name in ("host", "x-date", "x-user-id") if name in signed]
    path = "/".join(quote(unquote_to_bytes(segment), safe="-_.~") for segment in parts.path.split("/"))
    canonical = "\n".join(
        [
            method,
            path if path.endswith("/") else path + "/",
            canonical_query(parts.query),
            "".join(f"{name}:{signed[name]}\n" for name in names),
            ";".join(names),
            hashlib.sha256(body).hexdigest(),
        ]
    )
    text = "HMAC-SHA256\n" + hashlib.sha256(canonical.encode("utf-8", "surrogateescape")).hexdigest()
    signature = hmac.new(APP_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 AppId={APP_ID},SignedHeaders={';'.join(names)},Signature={signature}"


class KooDriveAuth(AuthBase):
    """The app signature where it is required, otherwise the administrator's token."""

    def __call__(self, request):
        if SIGNED not in request.url:
            request.headers["Authorization"] = f"Bearer {ACCESS_TOKEN}"
            return request
        # A well-formed X-Date or X-User-Id becomes one that is true; an absent or malformed one stays what it is.
        if re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", as_text(request.headers.get("X-Date"))):
            request.headers["X-Date"] = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        if as_text(request.headers.get("X-User-Id")).strip():
            request.headers["X-User-Id"] = USER_ID
        # RFC 3986 has no plus for a space; the rules of the signature ask for %20.
        path, mark, query = request.url.partition("?")
        request.url = path + mark + query.replace("+", "%20")
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        headers = {name: as_text(value) for name, value in request.headers.items()}
        request.headers["Authorization"] = sign(request.method, request.url, headers, body)
        return request


def as_text(value) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value or "")


schemathesis.auth.set_from_requests(KooDriveAuth())


def call(method: str, path: str, body: bytes = b"") -> dict:
    url = f"{BASE_URL}/koodrive/ose/v1{path}"
    headers = {"X-Date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()), "X-User-Id": USER_ID}
    token = f"Bearer {ACCESS_TOKEN}"
    headers["Authorization"] = sign(method, url, headers, body) if SIGNED in url else token
    request = urllib.request.Request(url, body or None, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


# A task and departments that exist: an unknown id is refused with 13000309, however well-formed it is.
TASKS = {call("POST", "/user/batchRegister/create", b'{"userList":[{"firstname":"a","phone":"8613900000001"}]}')["data"]}
DEPARTMENTS = sorted({user["deptId"] for user in call("GET", "/userList?offset=0&limit=100")["list"]})


USERS = [user["id"] for user in call("GET", "/userList?offset=0&limit=100")["list"]]
IMPORT = b'{"taskType":1,"resultId":"1","orgId":"1","orgUserId":"1"}'
IMPORTS = [call("POST", "/task/create", IMPORT)["taskId"]]
# Ids that exist, by the parameter that takes one.
KNOWN = {"userId": USERS, "ownerId": USERS, "department_id": DEPARTMENTS, "task_id": IMPORTS}


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.definition.raw.get("operationId") == "createBatchProvisioningTask" and response.status_code == 200:
        TASKS.add(response.json()["data"])


@schemathesis.hook
def before_call(context, case, kwargs):
    """Well-formed ids become known ones; everything absent or malformed stays."""
    operation = case.operation.definition.raw.get("operationId")
    path = case.path_parameters
    if isinstance(path, dict):
        for name, known in KNOWN.items():
            if is_id(path.get(name)):
                path[name] = known[len(path[name]) % len(known)]
    query = case.query
    if isinstance(query, dict):
        # Optional by its table; without it the default reading of task-result-without-id refuses.
        for name in ("taskId", "taskid"):
            if operation == "getTaskResult" and (is_text(query.get(name)) or not (query.get("taskId") or query.get("taskid"))):
                query[name] = IMPORTS[0]
        # Users have an individual space; departments may have none, and groups do not exist.
        if operation == "getSpace" and query.get("type") in ("0", "2"):
            query["type"] = "1"
        if operation == "getSpace" and is_text(query.get("containerId")):
            query["containerId"] = ""
        if is_text(query.get("departmentId")) and is_id(query["departmentId"]):
            query["departmentId"] = DEPARTMENTS[0]
        if operation != "getTaskResult" and is_text(query.get("taskId")) and query["taskId"] not in TASKS:
            query["taskId"] = min(TASKS)
        # A cursor is opaque: only nextPageCursor of an earlier page is valid, or 0 for the first page.
        if is_text(query.get("cursor")):
            query["cursor"] = "0"
        if is_text(query.get("deptId")) and query["deptId"] not in DEPARTMENTS:
            query["deptId"] = DEPARTMENTS[len(query["deptId"]) % len(DEPARTMENTS)]
    body = case.body
    if isinstance(body, dict) and is_int64(body.get("curDeptId")):
        body["curDeptId"] = int(DEPARTMENTS[int(body["curDeptId"]) % len(DEPARTMENTS)])


def is_id(value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,18}", value) is not None


def is_text(value) -> bool:
    return isinstance(value, str) and value != ""


def is_int64(value) -> bool:
    """JSON Schema counts 7.0 as an integer, and so does the service."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value == value // 1 and -(2**63) <= value < 2**63
