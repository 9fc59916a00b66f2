"""A client of KooDrive: signs, sends, repeats what is safe to repeat. Python 3.9 or later, standard library only.

Settings: ../README.md
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
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import quote, unquote_to_bytes, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

BASE = '/koodrive/ose/v1'
SIGNED_HEADERS = 'host;x-date;x-user-id'
ATTEMPTS, FIRST_WAIT, GROWTH, LONGEST_WAIT, REQUEST_TIMEOUT = 8, 0.2, 1.5, 5.0, 30


class Stop(Exception):
    """Ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached."""

    def __init__(self, exit_code, text):
        super().__init__(text)
        self.exit_code = exit_code


class Lost(Exception):
    """A request went out and no usable answer came back: it may have taken effect or not."""


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
    """The service, as the settings describe it: those of the environment, unless others are given."""

    def __init__(self, settings=os.environ):
        self.settings = settings
        setting = self.setting
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

    def setting(self, name, default='', pattern='.*'):
        value = self.settings.get('KOODRIVE_' + name) or default
        if not re.fullmatch(pattern, value, re.DOTALL):
            raise Stop(2, f'KOODRIVE_{name} must match {pattern}')
        return value

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

    def call(self, method, path, query=None, payload=None, signed=False, may_resend=lambda answer: True,
             anonymous=False):
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
            elif not anonymous:  # the pages print Bearer+T; a token that brings its own scheme is sent as it is
                headers['Authorization'] = self.token if self.token.startswith('Bearer') else 'Bearer+' + self.token
            answer = self.exchange(Request(url, body or None, headers, method=method))
            if answer.ok:
                return answer.body
            failure = f'{method} {path}: {answer.text}'
            # The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
            if signed and not clock_taken and answer.status in (400, 401, 403) and self.take_clock(answer, sent_at):
                clock_taken = True
            elif not signed and not anonymous and not token_renewed and answer.status == 401:
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
        command = self.setting('TOKEN_COMMAND')
        done = command and subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True)
        if not done or done.returncode != 0 or not done.stdout.strip():
            raise Stop(3, f'{failure}\nThe access token is not accepted; it lives 20 minutes. Set a fresh one in '
                          'KOODRIVE_ACCESS_TOKEN, or a command that prints one in KOODRIVE_TOKEN_COMMAND.')
        self.token = done.stdout.strip()
