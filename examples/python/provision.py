#!/usr/bin/env python3
"""Provision users on KooDrive and wait until they exist. Python 3.9 or later, standard library only.

usage: provision.py [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision.py sign METHOD URL [BODY]       prints an Authorization header
Configuration, steps and exit codes: ../README.md
"""

import sys
import time
from collections import defaultdict
from urllib.parse import urlsplit

from koodrive import FIRST_WAIT, GROWTH, LONGEST_WAIT, KooDrive, Lost, Stop, log, x_date

DEFAULT_USERS = ['1204:1204:1884609076404', '1205:1205:1884609076405']
USER_EXISTS = '40000009'


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
        host = service.setting('HOST_HEADER', urlsplit(arguments[2]).netloc)
        date = service.setting('X_DATE', x_date(time.time()))
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
