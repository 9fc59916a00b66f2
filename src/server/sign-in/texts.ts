import type { Localized } from '../../spec/languages.ts'

const both = (en: string, zh: string): Localized => ({ 'en-US': en, 'zh-CN': zh })

/** Every text of the sign-in page. */
export const texts = {
  title: both('Sign in', '登录'),
  hint: both(
    'This is the sign-in page of koodrive-mock: choose whom to sign in as. There is no password.',
    '这是 koodrive-mock 的登录页面：请选择以谁的身份登录，无需密码。',
  ),
  leadsTo: both('Then on to {target}', '登录后前往 {target}'),
  quick: both('Sign in quickly as', '快速登录'),
  admin: both('System administrator', '系统管理员'),
  deptAdmin: both('Department administrator', '部门管理员'),
  user: both('Common user', '普通用户'),
  users: both('All users', '所有用户'),
  search: both('Search by name', '按姓名搜索'),
  find: both('Search', '搜索'),
  found: both('{total} users', '共 {total} 个用户'),
  foundOne: both('1 user', '共 1 个用户'),
  more: both('More', '更多'),
  nobody: both('Nobody has such a name.', '没有匹配的用户。'),
  disabled: both('disabled', '已停用'),
  problem: both('Signing in is not possible', '无法登录'),
  code: both('Authorization code', '授权码'),
  codeHint: both(
    'Hand this code to POST /koodrive/ose/v1/session within five minutes. It is good once.',
    '请在五分钟内将此授权码提交给 POST /koodrive/ose/v1/session，只能使用一次。',
  ),
  language: both('中文', 'English'),
} as const
