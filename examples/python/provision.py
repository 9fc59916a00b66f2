#!/usr/bin/env python3
"""Provision users on KooDrive and wait until they exist. Python 3.9 or later, standard library only.

usage: provision.py [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision.py sign METHOD URL [BODY]       prints an Authorization header
Configuration, steps and exit codes: ../README.md
"""

import hashlib
import hmac
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import quote, unquote_to_bytes, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

BASE = '/koodrive/ose/v1'
DEFAULT_USERS = ['1204:1204:1884609076404', '1205:1205:1884609076405']
SIGNED_HEADERS = 'host;x-date;x-user-id'
USER_EXISTS = '40000009'
ATTEMPTS, FIRST_WAIT, GROWTH, LONGEST_WAIT, REQUEST_TIMEOUT = 8, 0.2, 1.5, 5.0, 30


class Stop(Exception):
    """Ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached."""

    def __init__(self, exit_code, text):
        super().__init__(text)
        self.exit_code = exit_code


class Lost(Exception):
    """A request went out and no usable answer came back: it may have taken effect or not."""


def setting(name, default='', pattern='.*'):
    value = os.environ.get('KOODRIVE_' + name) or default
    if not re.fullmatch(pattern, value, re.DOTALL):
        raise Stop(2, f'KOODRIVE_{name} must match {pattern}')
    return value


def log(text):
    print(text, file=sys.stderr, flush=True)


def encode(raw):
    """RFC 3986: all but A-Z a-z 0-9 - _ . ~ is encoded. Decoding first keeps %20 from becoming %2520."""
    return quote(unquote_to_bytes(raw), safe='')


def x_date(seconds):
    return time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(seconds))


class EveryStatus(HTTPErrorProcessor):
    """Hands every status back as an answer, redirects too: a signature is good for one path only."""

    http_response = https_response = lambda self, request, response: response


class Answer:
    def __init__(self, status=0, headers=None, raw=b'', problem='not a JSON object', never_sent=False):
        self.status, self.headers, self.never_sent = status, headers or {}, never_sent
        try:
            self.body = json.loads(raw)
        except ValueError:
            self.body = None
        usable = isinstance(self.body, dict)
        # `code` is a number in the examples of the reference and a string in its tables.
        self.ok = usable and status == 200 and str(self.body.get('code')) == '0'
        self.may_pass = status in (0, 429) or status >= 500 or (status == 200 and not usable)
        wait = self.headers.get('Retry-After', '')
        self.retry_after = int(wait) if status in (429, 503) and re.fullmatch('[0-9]+', wait) else None
        if usable:  # a gateway in front names them error_code and error_msg
            code, msg = (self.body.get(name, self.body.get('error_' + name)) for name in ('code', 'msg'))
            problem = f'code {code}: {msg}'
        self.text = f'HTTP {status}, {problem}' if status else f'no answer: {problem}'
        if 'X-Mock-Diagnosis' in self.headers:
            self.text += '\nX-Mock-Diagnosis: ' + self.headers['X-Mock-Diagnosis']


class KooDrive:
    def __init__(self):
        self.endpoint = setting('ENDPOINT', 'http://127.0.0.1:4010', r'https?://[^/?#@]+[^?#]*').rstrip('/')
        scheme, host = urlsplit(self.endpoint)[:2]
        self.host = re.sub(':443$' if scheme == 'https' else ':80$', '', host)  # as on the wire: no default port
        self.app_id = setting('APP_ID', '0123456789abcdef' * 4)
        self.app_secret = setting('APP_SECRET', 'koodrive-mock-app-secret')
        self.user_id = setting('USER_ID', '1505084218764547200')
        self.token = setting('ACCESS_TOKEN', 'mock-admin-token')
        self.dept_id = int(setting('DEPT_ID', '1575416580416769793', '[1-9][0-9]{0,18}'))  # beyond 2^53: never a float
        self.deadline = time.monotonic() + int(setting('DEADLINE', '600', '[0-9]{1,6}'))
        self.clock_offset = 0.0  # the service's clock minus ours
        self.opener = build_opener(EveryStatus)

    def authorization(self, method, url, host, date, body):
        parts = urlsplit(url)
        path = '/'.join(encode(segment) for segment in parts.path.split('/'))
        pairs = sorted(tuple(map(encode, pair.partition('=')[::2])) for pair in parts.query.split('&') if pair)
        canonical_request = '\n'.join([
            method.upper(),
            path if path.endswith('/') else path + '/',  # signed with a trailing slash, sent without
            '&'.join(f'{name}={value}' for name, value in pairs),
            f'host:{host.strip()}',
            f'x-date:{date.strip()}',
            f'x-user-id:{self.user_id.strip()}',
            '',  # every header ends its own line and the block ends once more: an empty line
            SIGNED_HEADERS,
            hashlib.sha256(body).hexdigest(),
        ])
        # Two lines: the date line of the vendor's SDK-HMAC-SHA256 does not exist here.
        string_to_sign = 'HMAC-SHA256\n' + hashlib.sha256(canonical_request.encode()).hexdigest()
        signature = hmac.new(self.app_secret.encode(), string_to_sign.encode(), hashlib.sha256).hexdigest()
        return f'HMAC-SHA256 AppId={self.app_id},SignedHeaders={SIGNED_HEADERS},Signature={signature}'

    def call(self, method, path, query=None, payload=None, signed=False, may_resend=lambda answer: True):
        """One operation. A failure that may pass (throttled, 5xx, no answer) is retried where that is safe."""
        url = self.endpoint + BASE + path + ('?' + urlencode(query) if query else '')
        body = json.dumps(payload, ensure_ascii=False).encode() if payload else b''
        wait, attempt, clock_taken, token_renewed = FIRST_WAIT, 1, False, False
        while True:
            headers = {'Host': self.host, 'Content-Type': 'application/json'}
            sent_at = int(time.time() + self.clock_offset)  # truncated: a date later than the service's now is refused
            if signed:
                headers.update({'X-Date': x_date(sent_at), 'X-User-Id': self.user_id})
                headers['Authorization'] = self.authorization(method, url, self.host, x_date(sent_at), body)
            else:  # the pages print Bearer+T; a token that brings its own scheme is sent as it is
                headers['Authorization'] = self.token if self.token.startswith('Bearer') else 'Bearer+' + self.token
            answer = self.exchange(Request(url, body or None, headers, method=method))
            if answer.ok:
                return answer.body
            failure = f'{method} {path}: {answer.text}'
            # The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
            if signed and not clock_taken and answer.status in (400, 401, 403) and self.take_clock(answer, sent_at):
                clock_taken = True
            elif not signed and not token_renewed and answer.status == 401:
                self.renew_token(failure)
                token_renewed = True
            elif not answer.may_pass:
                raise Stop(3, failure)
            elif not may_resend(answer):
                raise Lost(failure)
            else:
                pause = max(wait, answer.retry_after or 0)
                if attempt == ATTEMPTS or time.monotonic() + pause > self.deadline:
                    raise Stop(3, f'{failure}\nGiven up at attempt {attempt}.')
                time.sleep(pause)
                wait, attempt = min(wait * GROWTH, LONGEST_WAIT), attempt + 1

    def exchange(self, request):
        try:
            with self.opener.open(request, timeout=REQUEST_TIMEOUT) as response:
                return Answer(response.status, response.headers, response.read())
        except (OSError, HTTPException) as error:
            reason = getattr(error, 'reason', error)
            return Answer(problem=str(reason) or type(reason).__name__,
                          never_sent=isinstance(reason, (ConnectionRefusedError, socket.gaierror)))

    def take_clock(self, answer, sent_at):
        try:
            served_at = parsedate_to_datetime(answer.headers['Date']).timestamp()
        except (TypeError, ValueError):
            return False
        if sent_at <= served_at <= sent_at + 5:
            return False
        self.clock_offset = served_at - time.time()
        log(f'our date was {sent_at - served_at:+.0f} s from the service\'s; signing with its clock from now on')
        return True

    def renew_token(self, failure):
        command = setting('TOKEN_COMMAND')
        done = command and subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True)
        if not done or done.returncode != 0 or not done.stdout.strip():
            raise Stop(3, f'{failure}\nThe access token is not accepted; it lives 20 minutes. Set a fresh one in '
                          'KOODRIVE_ACCESS_TOKEN, or a command that prints one in KOODRIVE_TOKEN_COMMAND.')
        self.token = done.stdout.strip()


def preverify(service, count):
    """The reason why a row would fail, or None, row by row."""
    row = {'targetDeptName': 'Dept', 'personalCapacity': 10, 'isAllocateCapacity': True}
    payload = {'curDeptId': service.dept_id, 'users': [row] * count}
    results = service.call('POST', '/users/batchimport/preverify', payload=payload)['data']
    if len(results) != count:
        raise Stop(3, f'preverify: {count} rows sent, {len(results)} results')
    # isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
    return [result.get('reason') for result in results]


def create(service, users):
    """Returns the task id, and whether the batch was submitted twice.

    A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other lost
    answer is ambiguous, and the phones cannot be looked up because the user list masks them. But the service skips a
    phone that exists and names its userId (40000009). So the batch is submitted once more: whom the first attempt
    provisioned comes back as skipped, and nobody is provisioned twice.
    """
    def turned_away(answer):
        return answer.never_sent or answer.status == 429 or answer.retry_after is not None

    for resubmitted in (False, True):
        try:
            answer = service.call('POST', '/user/batchRegister/create', None, {'userList': users}, True, turned_away)
            return str(answer['data']), resubmitted
        except Lost as lost:
            if resubmitted:
                raise Stop(3, f'{lost}\nThe task may exist or not. Run this again later.') from None
            log(f'{lost}\nThe task may exist or not. Submitting again: the service skips users that exist.')
            time.sleep(1)


def query(service, task_id, cursor, page_size):
    parameters = {'taskId': task_id, 'cursor': cursor, 'pageSize': page_size}
    return service.call('GET', '/user/batchRegister/get', parameters, signed=True)['data']


def wait_until_done(service, task_id):
    wait, shown = FIRST_WAIT, None
    while True:
        info = query(service, task_id, '0', 1)['taskInfo']
        counts = [int(info[name]) for name in ('successCount', 'skipCount', 'failCount')]
        if counts != shown:
            log('task {}: {} of {} (provisioned {}, skipped {}, failed {})'.format(
                task_id, sum(counts), info['totalCount'], *counts))
            shown = counts
        if str(info['status']) in ('2', '3'):  # done, failed
            return
        if time.monotonic() + wait > service.deadline:
            return log(f'task {task_id}: not done in time; the rows so far:')
        time.sleep(wait)
        wait = min(wait * GROWTH, LONGEST_WAIT)


def result_rows(service, task_id):
    """All rows of the task, by phone."""
    rows, cursor, seen = defaultdict(list), '0', set()
    while cursor:
        seen.add(cursor)
        page = query(service, task_id, cursor, 100)
        for row in page.get('registerList') or []:
            rows[row['phone']].append(row)
        cursor = str(page.get('nextPageCursor') or page.get('nextCursor') or '')  # the reference uses both names
        if cursor in seen:
            raise Stop(3, f'task {task_id}: cursor {cursor} came twice')
    return rows


def listed_ids(service):
    """Ids of all users. Users may arrive meanwhile: rows shift and repeat, and `total` grows."""
    ids, offset, last = set(), 0, False
    while not last:
        page = service.call('GET', '/userList', {'offset': offset, 'limit': 100})
        users, total = page.get('list') or page.get('data') or [], page.get('total')
        # The reference shows an organisation account as `userId` and KooDrive's own id as `id`: either may match.
        ids.update(str(user[key]) for user in users for key in ('userId', 'id') if user.get(key))
        offset += len(users)
        last = not users or (len(users) < 100 if total is None else offset >= int(total))
    return ids


def outcome(row, resubmitted):
    code, reason, user_id = (row.get(key) or '' for key in ('code', 'reason', 'userId'))
    if not row:
        return 'not processed'
    if str(code) == USER_EXISTS:
        return 'skipped: already provisioned' if resubmitted and user_id else f'skipped: {reason}'
    return 'provisioned' if user_id and str(code) in ('', '0') else f'failed: {code} {reason}'


def report(lines):
    """Prints the table and the sums; returns the exit code."""
    for phone, text, user_id in [('phone', 'outcome', 'userId'), *lines]:
        print(f'{phone:16}  {text:44}  {user_id or "-"}')
    provisioned, skipped = (sum(text.startswith(kind) for _, text, _ in lines) for kind in ('provisioned', 'skipped'))
    failed = len(lines) - provisioned - skipped
    print(f'provisioned={provisioned} skipped={skipped} failed={failed}')
    return 1 if failed else 0


def provision(service, users):
    reasons = preverify(service, len(users))
    if any(reasons):
        texts = [f'failed: pre-verification: {reason}' if reason else 'not processed' for reason in reasons]
        return report([(user['phone'], text, None) for user, text in zip(users, texts)])
    task_id, resubmitted = create(service, users)
    wait_until_done(service, task_id)
    rows, lines = result_rows(service, task_id), []
    for phone in (user['phone'] for user in users):
        row = rows[phone].pop(0) if rows[phone] else {}
        lines.append((phone, outcome(row, resubmitted), row.get('userId')))
    exit_code = report(lines)

    problems = [f'a row too many in the result: {phone}' for phone in rows for _ in rows[phone]]
    ids = listed_ids(service)
    problems += [f'provisioned, but not in the user list: {user_id}' for _, text, user_id in lines
                 if text in ('provisioned', 'skipped: already provisioned') and str(user_id) not in ids]
    for problem in problems:
        log(problem)
    return 1 if problems else exit_code


def main(arguments):
    service, users = KooDrive(), []
    if arguments[:1] == ['sign'] and len(arguments) in (3, 4):
        host, date = setting('HOST_HEADER', urlsplit(arguments[2]).netloc), setting('X_DATE', x_date(time.time()))
        print(service.authorization(*arguments[1:3], host, date, ''.join(arguments[3:]).encode()))
        return 0
    for argument in arguments or DEFAULT_USERS:
        names = dict(zip(('firstname', 'phone') if argument.count(':') == 1 else ('firstname', 'surname', 'phone'),
                         argument.split(':')))
        if argument.count(':') not in (1, 2) or not all(names.values()):
            raise Stop(2, f'{argument} is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE')
        users.append(names)
    if len(users) > 1000:
        raise Stop(2, 'a batch takes 1000 users at most')
    return provision(service, users)


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        log(f'{stop}\n{__doc__}' if stop.exit_code == 2 else stop)
        sys.exit(stop.exit_code)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        log(f'The service answered something the reference does not allow: {error!r}')
        sys.exit(3)
