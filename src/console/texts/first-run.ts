import type { Localized } from '../../spec/languages.ts'

const both = (en: string, zh: string): Localized => ({ 'en-US': en, 'zh-CN': zh })

/** Texts of the first run on the start page. */
export const firstRunTexts = {
  'first.title': both('First run', '快速上手'),
  'first.progress': both('{done} of {total} steps', '已完成 {done} / {total} 步'),
  'first.baseUrl': both('Base URL', '基础 URL（Base URL）'),
  'first.env': both('Credentials as .env', '.env 格式的凭据'),
  'first.curl': both('First signed request', '第一个已签名的请求'),
  'first.certificate': both(
    'The mock made its certificate itself, anew at each start, so the line fetches it into ca.pem first. Programs trust it by NODE_EXTRA_CA_CERTS=ca.pem or SSL_CERT_FILE=ca.pem.',
    '模拟服务每次启动都会重新生成自己的证书，因此该命令先把证书下载到 ca.pem。程序可通过 NODE_EXTRA_CA_CERTS=ca.pem 或 SSL_CERT_FILE=ca.pem 信任它。',
  ),
  'first.curlHint': both(
    'Signed with the clock of this sandbox, anew each time it is copied: paste it into a terminal.',
    '按此沙箱的时钟签名，每次复制都会重新签名；粘贴到终端即可运行。',
  ),
  'first.copyBroken': both('Copy the broken request', '复制故意出错的请求'),
  'first.done': both('done', '已完成'),
  'first.open': both('to do', '待完成'),
  'first.send': both('Send', '发送'),
  'first.sendHow': both(
    'Paste the request above into a terminal, or let your own client make one.',
    '将上面的请求粘贴到终端执行，或用您自己的客户端发送一个请求。',
  ),
  'first.see': both('See', '查看'),
  'first.seeHow': both(
    'Open it in the journal: both sides, the rule that decided, what was signed.',
    '在请求日志中打开它：查看请求与响应、判定规则和签名内容。',
  ),
  'first.seeLink': both('Open the newest request', '打开最新的请求'),
  'first.break': both('Break', '故意出错'),
  'first.breakHow': both(
    'Send the same request with a parameter that was added after signing: it is refused.',
    '发送签名后又添加了查询参数的同一请求：它会被拒绝。',
  ),
  'first.mend': both('Mend', '修复'),
  'first.mendHow': both(
    'Read what is wrong and how to cure it, then send the request rightly signed.',
    '阅读问题所在和修改方法，然后发送签名正确的请求。',
  ),
  'first.mendLink': both('Open what was refused', '打开被拒绝的请求'),
  'first.next': both(
    'What comes next: provision users by a batch (API reference), try faults and scenarios (Clock & scenario), and see how well your client behaves (Report card).',
    '接下来：批量开户（接口文档），尝试故障与场景（时钟与场景），并查看客户端的表现（客户端评估）。',
  ),
} as const
