#!/usr/bin/env python3
"""From signing in to a deleted user on KooDrive. Python 3.9 or later, standard library only.

usage: journey.py [PHONE]
Configuration, steps and exit codes: ../README.md
"""

import sys
import time
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request

from koodrive import KooDrive, Stop, log
from provision import create, result_rows, wait_until_done

NOT_FOUND = '13000309'


def check(step, good):
    if not good:
        raise Stop(1, f'{step}: the service did something else')
    print(step)


def turned_away(answer):
    return answer.never_sent or answer.status == 429 or answer.retry_after is not None


def write(service, method, path, payload=None):
    """A call that changes something: sent again only if it was turned away before it took effect."""
    return service.call(method, path, payload=payload, may_resend=turned_away)


def sign_in(service, login):
    """Signs in as a browser would, without one: the mock's sign-in page takes whom to sign in as from the query."""
    domain = urlsplit(service.endpoint).netloc
    uri = service.call('GET', '/session/authCodeURL', {'domain': domain}, anonymous=True)['uri']
    answer = service.exchange(Request(f'{uri}&{urlencode({"login": login})}'))
    code = parse_qs(urlsplit(answer.headers.get('Location', '')).query).get('code', [''])[0]
    if not code:
        raise Stop(3, f'signing in as {login}: {answer.text}')
    session = service.call('POST', '/session', payload={'code': code}, anonymous=True, may_resend=turned_away)['data']
    service.token = session['accessToken']  # carries the word Bearer, and is sent as it is
    return session


def refused(service, path):
    """The failure of a call that the service must refuse."""
    try:
        service.call('GET', path)
    except Stop as stop:
        return str(stop)
    return ''


def provision_one(service, phone):
    task_id, _ = create(service, [{'firstname': 'Journey', 'phone': phone}])
    wait_until_done(service, task_id)
    row = result_rows(service, task_id)[phone][0]
    if row.get('code'):
        raise Stop(1, f'{phone}: {row["code"]} {row.get("reason")}')
    return row['userId']


def quota(service):
    data = service.call('GET', '/service/quotaUsed')['data']
    kinds = ('dept', 'personal', 'group')
    adds_up = all(data[total] == sum(data[kind + part] for kind in kinds) for total, part in (
        ('spaceUsed', 'SpaceUsed'), ('spaceQuotaUsed', 'SpaceQuotaUsed')))
    quotas = sum(data[kind + 'SpaceQuota'] for kind in kinds) + data['reservedSpaceQuota']
    return data['personalSpaceQuotaUsed'], adds_up and quotas == data['spaceCapacity']


def journey(service, phone):
    session = sign_in(service, service.setting('LOGIN', 'admin'))
    me = service.call('GET', '/session/auth')['data']
    check('signed in', me['innerUserId'] == session['userInfo']['innerUserId'])

    root = service.call('GET', '/departmentList')['list'][0]['id']
    name = f'Journey {phone[-8:]}'
    department = write(service, 'POST', '/departments', {'name': name, 'parentId': root})['data']['id']
    listed = service.call('GET', '/departmentList', {'departmentId': root})['list']
    check('department created', department in [one['id'] for one in listed])

    row = {'targetDeptName': name, 'personalCapacity': 1, 'isAllocateCapacity': True}
    results = service.call('POST', '/users/batchimport/preverify',
                           payload={'curDeptId': int(department), 'users': [row]})['data']
    check('import pre-verified', not results[0].get('reason'))

    user = service.call('GET', f'/users/{provision_one(service, phone)}')['data']
    user_path, space_path = f'/users/{user["id"]}', f'/space/{user["id"]}'
    check('user provisioned', user['name'].startswith('Journey'))

    write(service, 'PUT', user_path, {'deptId': int(department)})
    count = service.call('GET', '/users/count', {'deptId': department})['total']
    check('user moved', service.call('GET', user_path)['data']['deptId'] == department and count == 1)
    write(service, 'PUT', user_path, {'status': 1})
    check('user disabled', service.call('GET', user_path)['data']['status'] == 1)
    write(service, 'PUT', user_path, {'status': 0})
    check('user enabled', service.call('GET', user_path)['data']['status'] == 0)

    before, _ = quota(service)
    space = write(service, 'POST', space_path, {'capacity': 5, 'type': 1})['data']['containerId']
    write(service, 'PUT', space_path, {'capacity': 7, 'type': 1, 'containerId': space})
    found = service.call('GET', space_path, {'type': 1, 'containerId': space})['data']
    check('space created and changed', found['capacity'] == '7')
    after, adds_up = quota(service)
    check('quota adds up', adds_up and after == before + 7)

    write(service, 'DELETE', user_path)
    check('user deleted', NOT_FOUND in refused(service, user_path))
    write(service, 'DELETE', f'/departments/{department}')
    check('department deleted', NOT_FOUND in refused(service, f'/departments/{department}'))
    again = provision_one(service, phone)
    check('phone provisioned again', again != user['userId'])
    write(service, 'DELETE', f'/users/{again}')

    service.call('GET', '/session/logoff')
    check('signed out', 'HTTP 401' in refused(service, '/session/auth'))
    print('journey=done')
    return 0


def main(arguments):
    if len(arguments) > 1:
        raise Stop(2, 'one phone at most')
    return journey(KooDrive(), arguments[0] if arguments else f'188{str(time.time_ns())[-10:]}')


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        log(f'{stop}\n{__doc__}' if stop.exit_code == 2 else stop)
        sys.exit(stop.exit_code)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        log(f'The service answered something the reference does not allow: {error!r}')
        sys.exit(3)
