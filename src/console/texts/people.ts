import { both } from '../../spec/languages.ts'

/** Texts about departments and users. */
export const peopleTexts = {
  'directory.members': both('{direct} direct, {all} in all', '直属 {direct} 人，共 {all} 人'),
  'directory.path': both('Location', '所在位置'),
  'directory.id': both('Department id', '部门 ID'),
  'directory.noUser': both(
    'Nobody matches here. Search for less, choose another department, or create users by a batch.',
    '这里没有匹配的用户。请放宽搜索条件、选择其他部门，或批量开户。',
  ),
  'directory.more': both('{count|more department|more departments}', '另有 {count} 个部门'),
  'user.title': both('User {name}', '用户 {name}'),
  'user.account': both('Account', '账号'),
  'user.id': both('KooDrive id (X-User-Id)', 'KooDrive 用户 ID（X-User-Id）'),
  'user.orgId': both('userId of a batch', '批量开户返回的 userId'),
  'user.spaces': both('Spaces', '空间'),
  'user.noSpace': both(
    'No space. POST /koodrive/ose/v1/space/{id} allocates one.',
    '没有空间。调用 POST /koodrive/ose/v1/space/{id} 可分配。',
  ),
  'user.capacity': both('Capacity', '容量'),
  'user.used': both('Used', '已用'),
  'user.created': both('Created', '创建时间'),
  'user.spaceStatus0': both('normal', '正常'),
  'user.spaceStatus1': both('disabled', '已停用'),
  'user.rows': both('Rows of batches about this user', '与此用户有关的批量开户行'),
  'user.history': both('Commands about this user', '与此用户有关的命令'),
  'user.noHistory': both(
    'No command but those of batches was about this user.',
    '除批量开户外，没有与此用户有关的命令。',
  ),
  'user.command': both('Command', '命令'),
  'user.details': both('Details', '详情'),
  'user.exchanges': both('Requests that name this user', '提到此用户的请求'),
  'user.noExchanges': both(
    'No request in the journal names this user. A call with its id, mobile number or userId shows up here.',
    '请求日志中没有提到此用户的请求。包含其 ID、手机号或 userId 的调用会显示在这里。',
  ),
  'user.gone': both(
    'This user is not in the organisation (any more); what is known of the id is below.',
    '此用户已不在组织中，以下是与该 ID 有关的记录。',
  ),
} as const
