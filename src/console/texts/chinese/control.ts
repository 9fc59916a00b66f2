/** Refusals of the control plane, which the console shows. */
export const control: Readonly<Record<string, string>> = {
  'Bad Request': '请求有误',
  Unauthorized: '未授权',
  Forbidden: '禁止访问',
  'Not Found': '未找到',
  'Method Not Allowed': '不允许的方法',
  Conflict: '冲突',
  'Internal Server Error': '服务器内部错误',
  'Service Unavailable': '服务不可用',
  'There are no streams and no sessions here: POST every message.': '此处没有流和会话：每条消息请用 POST 发送。',
  'There is no {} {}. Did you mean {}? The routes are listed in GET {}/control.openapi.json.':
    '没有 {} {}。是否应为 {}？所有路由见 GET {}/control.openapi.json。',
  'There is no {} {}. The routes are listed in GET {}/control.openapi.json.':
    '没有 {} {}。所有路由见 GET {}/control.openapi.json。',
  'The Host "{}" is not this server\'s. Call it by localhost, 127.0.0.1 or the name it listens on.':
    'Host "{}" 不是本服务的地址。请用 localhost、127.0.0.1 或其监听的名称访问。',
  'Calls from pages of another origin ({}) are refused.': '拒绝来自其他源（{}）页面的调用。',
  'Calls from pages of another site are refused (Sec-Fetch-Site: {}).':
    '拒绝来自其他网站页面的调用（Sec-Fetch-Site: {}）。',
  "The control plane takes JSON, not forms: add -H 'Content-Type: application/json' to curl, which sends a form otherwise.":
    "控制接口只接受 JSON，不接受表单：请为 curl 加上 -H 'Content-Type: application/json'，否则会以表单发送。",
  'A browser changes something only from a page of this server. Open /__admin/console again.':
    '浏览器只能从本服务的页面进行更改。请重新打开 /__admin/console。',
  'The control plane needs Authorization: Bearer <control token> here.':
    '控制接口需要 Authorization: Bearer <控制令牌>。',
  'The journal of {} has no request "{}" (any more).': '{} 的请求日志中没有（或已不再保留）请求 "{}"。',
  'The journal keeps the first 256 KiB of this body: give the body to send.':
    '请求日志只保留了该请求体的前 256 KiB：请填写要发送的请求体。',
  'The journal keeps the first 256 KiB of each body.': '请求日志只保留每个请求体的前 256 KiB。',
  'This body is not UTF-8: give the body to send.': '该请求体不是 UTF-8 文本：请填写要发送的请求体。',
  'target takes a path with its query such as /koodrive/ose/v1/userList?offset=0, not "{}".':
    'target 应为带查询参数的路径，例如 /koodrive/ose/v1/userList?offset=0，而不是 "{}"。',
  '{} is not part of the service: nothing there is sent again.': '{} 不属于该服务，不能重新发送。',
  'This cannot be sent again from here: {}': '无法从此处重新发送：{}',
  'Send body or bodyBase64, not both.': 'body 与 bodyBase64 只能传入一个。',
  'There is no department "{}". Leave dept out to see all departments.': '没有部门 "{}"。不传 dept 可查看所有部门。',
  'This mock has made no certificate: it was not started with --tls.': '该模拟服务没有生成证书：启动时没有使用 --tls。',
  '{} readers listen already. Close one of them first.': '已有 {} 个监听者。请先关闭其中一个。',
  'Other processes make sandboxes like {} all the time.': '其他进程不断创建与 {} 相同的沙箱。',
  'The mock is starting.': '模拟服务正在启动。',
  'since takes an ISO 8601 date-time such as 2026-04-16T08:00:00Z, not "{}".':
    'since 应为 ISO 8601 时间，例如 2026-04-16T08:00:00Z，而不是 "{}"。',
  'Requests whose AppId or token belongs to no sandbox do not count ({}): GET /__admin/sandboxes/{}/requests.':
    'AppId 或令牌不属于任何沙箱的请求不计入（{} 个）：GET /__admin/sandboxes/{}/requests。',
  'Say which sandboxes: label, name or search. Nothing was deleted. For example DELETE /__admin/sandboxes?label=ci=run-42.':
    '请用 label、name 或 search 指明沙箱。没有删除任何沙箱。例如 DELETE /__admin/sandboxes?label=ci=run-42。',
  'The sandbox {} cannot be deleted: clients rely on its well-known credentials. POST /__admin/sandboxes/{}/reset starts it from the beginning.':
    '沙箱 {} 不能删除：客户端依赖其公开的凭据。POST /__admin/sandboxes/{}/reset 可将其重置。',
  'url takes a path such as /koodrive/ose/v1/userList?offset=0&limit=10 or an absolute URL, not "{}".':
    'url 应为路径（例如 /koodrive/ose/v1/userList?offset=0&limit=10）或完整 URL，而不是 "{}"。',
  'No sandbox of the snapshot passes the filter. Nothing was restored.':
    '快照中没有符合过滤条件的沙箱。没有恢复任何内容。',
  'There is no sandbox "{}". GET /__admin/sandboxes lists them.': '没有沙箱 "{}"。所有沙箱见 GET /__admin/sandboxes。',
  'the clock shows {} and goes no further than {}.': '时钟为 {}，最远只能到 {}。',
  'Sandbox {} has no such token. It was revoked already, or belongs to another sandbox.':
    '沙箱 {} 没有该令牌。它可能已被吊销，或属于其他沙箱。',
  'Sandbox {} has no task "{}". GET /__admin/sandboxes/{}/tasks lists them.':
    '沙箱 {} 没有任务 "{}"。所有任务见 GET /__admin/sandboxes/{}/tasks。',
  'Sandbox {} has no fault "{}". GET /__admin/sandboxes/{}/faults lists them.':
    '沙箱 {} 没有故障 "{}"。所有故障见 GET /__admin/sandboxes/{}/faults。',
  'The log of sandbox {} was given up: a log keeps {} commands and batch rows, all logs together {}. Reset the sandbox to begin a new one.':
    '沙箱 {} 的日志已停止记录：单个日志最多保留 {} 条命令和批次行，所有日志合计 {} 条。重置沙箱可重新开始记录。',
  'this mock replays logs of version {}, not {}. Replay it with the mock that wrote it.':
    '该模拟服务重放版本 {} 的日志，而不是 {}。请用写入它的模拟服务重放。',
  'this mock, version {}, reads snapshots of version {}, not {}. Restore it with the mock that wrote it.':
    '该模拟服务（版本 {}）读取版本 {} 的快照，而不是 {}。请用写入它的模拟服务恢复。',
  'this mock, version {}, reads snapshots of version {}, not {}. Restore it with the mock that wrote it, version {}.':
    '该模拟服务（版本 {}）读取版本 {} 的快照，而不是 {}。请用写入它的模拟服务（版本 {}）恢复。',
  'The snapshot is not JSON: {}.': '快照不是 JSON：{}。',
  'The snapshot holds {} sandboxes, and one fits in the place of another. PUT /__admin/snapshot restores them all under their own ids.':
    '快照中有 {} 个沙箱，而只能以一个替换另一个。PUT /__admin/snapshot 可按各自的 ID 全部恢复。',
  'login {} is nobody of this organisation. Allowed: {}, or the id of a user.':
    'login {} 不是该组织的用户。允许：{} 或用户 ID。',
  'There is no code in the address: sign in first.': '地址中没有授权码：请先登录。',
  'redirect_uri and state make an address of more than {} characters.':
    'redirect_uri 和 state 组成的地址超过 {} 个字符。',
  'client_id names no sandbox of this server. It takes the AppId of a sandbox, as authCodeURL gives it.':
    'client_id 不对应本服务的任何沙箱。它应为沙箱的 AppId，即 authCodeURL 给出的值。',
  'response_type takes code.': 'response_type 只接受 code。',
  'redirect_uri is longer than {} characters.': 'redirect_uri 超过 {} 个字符。',
  'redirect_uri has characters that no URL has.': 'redirect_uri 含有 URL 中不允许的字符。',
  'redirect_uri is not an absolute URL.': 'redirect_uri 不是绝对 URL。',
  'redirect_uri carries a user name or password.': 'redirect_uri 带有用户名或密码。',
  'redirect_uri has a fragment (RFC 6749, 3.1.2).': 'redirect_uri 带有片段（RFC 6749，3.1.2 节）。',
  'redirect_uri has the scheme {} Allowed: http and https.': 'redirect_uri 的协议为 {}，允许：http 和 https。',
  'redirect_uri has the scheme {} Allowed: http and https, or what --redirect-host names, such as --redirect-host {}.':
    'redirect_uri 的协议为 {}，允许：http 和 https，或用 --redirect-host 指定的协议，例如 --redirect-host {}。',
  'redirect_uri leads to {}. Allowed: this machine, the mock itself, and the hosts of --redirect-host. Start the mock with --redirect-host {}, or take another redirect_uri.':
    'redirect_uri 指向 {}。允许：本机、模拟服务自身，以及用 --redirect-host 指定的主机。请用 --redirect-host {} 启动模拟服务，或改用其他 redirect_uri。',
  'This organisation has nobody to sign in as {}.': '该组织没有可以 {} 身份登录的用户。',
  'User {} is disabled (status 1) and cannot sign in.': '用户 {} 已被停用（状态 1），不能登录。',
  'There is no task {} in sandbox {}.': '沙箱 {2} 中没有任务 {1}。',
  'Task {} is finished already.': '任务 {} 已结束。',
  'A sandbox takes at most {} faults, and these are {}. Leave some out.':
    '一个沙箱最多 {} 个故障，此处有 {} 个。请减少一些。',
  'A sandbox takes at most {} faults. Remove some first.': '一个沙箱最多 {} 个故障。请先移除一些。',
  'The log of {} holds {} commands, not {}.': '{} 的日志有 {} 条命令，而不是 {} 条。',
  '{} belongs to sandbox "{}". Choose another one, or delete that sandbox first.':
    '{}属于沙箱 "{}"。请换一个，或先删除该沙箱。',
  'The name {}': '名称 {}',
  'The AppId (credentials.appId)': 'AppId（credentials.appId）',
  'The token of credentials.tokens.{}': 'credentials.tokens.{} 的令牌',
  'Command {} of the log ({}) cannot be carried out: {}': '日志的第 {} 条命令（{}）无法执行：{}',
  'A sandbox keeps at most {} tokens. Revoke some, or reset the sandbox.':
    '一个沙箱最多保留 {} 个令牌。请吊销一些，或重置沙箱。',
  'There is a sandbox "{}" already. Choose another id, or delete that one first.':
    '已有沙箱 "{}"。请换一个 ID，或先删除它。',
  'The sandbox "{}" is there twice.': '沙箱 "{}" 出现了两次。',
  'There is no sandbox {}.': '没有沙箱 {}。',
  'There are {} sandboxes, and {} may exist. Delete some first, DELETE /__admin/sandboxes?label=KEY=VALUE those with a label, let idle ones end by --sandbox-ttl, or allow more by --max-sandboxes.':
    '已有 {} 个沙箱，上限为 {} 个。请先删除一些，或用 DELETE /__admin/sandboxes?label=KEY=VALUE 按标签删除，或用 --sandbox-ttl 让闲置的自动结束，或用 --max-sandboxes 提高上限。',
  'Sandbox {} exists already: another process has made it.': '沙箱 {} 已存在：由另一个进程创建。',
  'The store {} is damaged: command {} of sandbox {} ({}) cannot be carried out: {}':
    '存储 {} 已损坏：沙箱 {3} 的第 {2} 条命令（{4}）无法执行：{5}',
  'a label key has 1 to 63 letters, digits, dots, slashes, underscores and hyphens, such as owner, not {}.':
    '标签的键为 1 至 63 个字母、数字、点、斜杠、下划线或连字符，例如 owner，而不是 {}。',
  'one line without control characters, and without a space at either end': '不含控制字符且首尾无空格的单行文本',
  '1 to 64 lower-case letters, digits and hyphens, with no hyphen at either end':
    '1 至 64 个小写字母、数字或连字符，首尾不能是连字符',
  '{} to {} letters, digits, dots, underscores, tildes and hyphens':
    '{} 至 {} 个字母、数字、点、下划线、波浪号或连字符',
  'a sandbox has at most {} labels, not {}.': '一个沙箱最多 {} 个标签，此处有 {} 个。',
  '19 digits, the first of them 1 to 8': '19 位数字，首位为 1 至 8',
  'each token stands for one role: give four different ones.': '每个令牌对应一个角色：请填写四个不同的令牌。',
  '"{}" stands for requests that belong to no sandbox.': '"{}" 保留给不属于任何沙箱的请求。',
  'it takes an ISO 8601 duration of weeks, days, hours, minutes and seconds that is not negative, such as PT16M, P1D or PT0.5S, not {}.':
    '应为非负的 ISO 8601 时长（周、天、小时、分、秒），例如 PT16M、P1D 或 PT0.5S，而不是 {}。',
  'name at least one of now, frozen, rate, xDate.': '请至少填写 now、frozen、rate、xDate 之一。',
  '1 to 19 digits that do not begin with 0': '1 至 19 位数字，不以 0 开头',
  '1 to 20 digits that do not begin with 0': '1 至 20 位数字，不以 0 开头',
  'at most 64 lower-case letters, digits and hyphens': '最多 64 个小写字母、数字或连字符',
  'it takes an ISO 8601 date-time with an offset, such as 2026-04-16T08:00:00Z, from {} to {}, not {}.':
    '应为带时区的 ISO 8601 时间，例如 2026-04-16T08:00:00Z，范围为 {} 至 {}，而不是 {}。',
  'it takes {}, not {}.': '应为{}，而不是 {}。',
  'a duration of at least a second, such as 30m, 12h, 7d or PT12H': '不短于一秒的时长，例如 30m、12h、7d 或 PT12H',
  'expected a function': '应为函数',
  'expected a host such as app.example.com': '应为主机名，例如 app.example.com',
  'a mock with a store begins with what the store holds. Call mock.restore(snapshot).':
    '带存储的模拟服务以存储的内容启动。请调用 mock.restore(snapshot)。',
  'a method such as POST': '请求方法，例如 POST',
  '{} visible ASCII characters': '{} 个可见 ASCII 字符',
  'a host name, with a port if need be': '主机名，必要时带端口',
  'the digits of nextCursor': 'nextCursor 的数字',
  'digits, 0 or above': '不小于 0 的数字',
  'a regular expression that compiles': '可编译的正则表达式',
  'either exactly, or min and max': '要么 exactly，要么 min 和 max',
  'a min that is not above max': '不大于 max 的 min',
  'It took longer than {} ms. Simplify the regular expressions.': '耗时超过 {} 毫秒。请简化正则表达式。',
  'expected 200, or a number from 400 to 599': '应为 200，或 400 至 599 的数字',
  'it is missing: give error, a name or code of the error table such as "resourceNotFound", or status with code and msg of your own.':
    '缺失：请填写 error（错误码表中的名称或错误码，例如 "resourceNotFound"），或填写 status 以及自定义的 code 和 msg。',
  'it does not go with error, whose row says it. Give error alone, or status, code and msg.':
    '不能与 error 同时填写，后者已包含。请只填写 error，或填写 status、code 和 msg。',
  'with status 200 a code that is not 0 makes the error: give one such as 13000102.':
    '状态码为 200 时由非 0 的 code 表示错误：请填写一个，例如 13000102。',
  'There is no scenario "{}". Built in: {}. A file name ends in .yaml, .yml or .json.':
    '没有场景 "{}"。内置场景：{}。文件名以 .yaml、.yml 或 .json 结尾。',
  'There is no scenario "{}". Did you mean "{}"? Built in: {}. A file name ends in .yaml, .yml or .json.':
    '没有场景 "{}"。是否应为 "{}"？内置场景：{}。文件名以 .yaml、.yml 或 .json 结尾。',
  'a placeholder stands in quotes: "{{…}}".': '占位符须放在引号中："{{…}}"。',
  'Map keys must be unique: "{}"': '键不能重复："{}"',
  'It is nested too deeply.': '嵌套过深。',
  'It is empty.': '内容为空。',
  'A second document begins here; keep one.': '这里开始了第二个文档，请只保留一个。',
  'It has more than {} line ends, dashes, colons, commas and brackets.':
    '其中的换行、短横线、冒号、逗号和括号超过 {} 个。',
  'It has more than {} anchors and aliases (&name, *name).': '其中的锚点和别名（&name、*name）超过 {} 个。',
  'Unknown reading "{}". Known readings: {}.': '未知的解读选项 "{}"。已知的解读选项：{}。',
  'Reading "{}" does not take {}. Allowed: {}.': '解读选项 "{}" 不接受 {}。允许：{}。',
  'a number of seconds from {} to {}': '{} 至 {} 的秒数',
  '{} belongs to the mock itself; choose another path.': '{} 属于模拟服务自身，请换一个路径。',
  '{} {} is always answered by the operation {}. A fault or a scenario changes what that answers; a route is for paths that no operation has.':
    '{} {} 始终由接口 {} 应答。故障或场景可以改变其应答；自定义路由用于没有接口的路径。',
  'routes[{}] takes every {} {} before it. Give that one conditions, or move this up.':
    'routes[{}] 已匹配所有 {} {}。请为其设置条件，或将此路由移到前面。',
  'it is nested more than {} levels deep.': '嵌套超过 {} 层。',
  'a {} request has no body: look at query or headers.': '{} 请求没有请求体：请使用 query 或 headers。',
  'it is missing: write answer: {status, headers, body}, or answers: a list of them.':
    '缺失：请填写 answer: {status, headers, body}，或 answers：其列表。',
  'it does not go with answer: write one of the two.': '不能与 answer 同时填写：请二选一。',
  'it is about answers; a single answer has none.': '仅用于 answers，单个 answer 没有此项。',
  'it does not go with error, whose row says all. Leave one of the two out.':
    '不能与 error 同时填写，后者已包含全部内容。请去掉其中一个。',
  'it does not go with body: write one of the two.': '不能与 body 同时填写：请二选一。',
  'an answer with status {} has no body: leave it out.': '状态码为 {} 的应答没有响应体：请去掉。',
  'it begins with a slash: write "/{}".': '须以斜杠开头：请写作 "/{}"。',
  'it takes at most {} segments.': '最多 {} 段。',
  'it takes at most {} characters.': '最多 {} 个字符。',
  'it has no query: write the parameters under query.': '不含查询参数：请将参数写在 query 下。',
  '{{}} takes a name of letters, digits, - and _.': '{{}} 中的名称由字母、数字、- 和 _ 组成。',
  '{{}} stands in it twice; give each segment a name of its own.': '{{}} 出现了两次，每个路径段须有不同的名称。',
  'it names at least one segment, such as /koodrive/ose/v1/groups.':
    '至少包含一个路径段，例如 /koodrive/ose/v1/groups。',
  'it has two slashes side by side; write one.': '有两个连续的斜杠，请只写一个。',
  'a segment with a name stands in braces: write {{}}.': '带名称的路径段须放在花括号中：请写作 {{}}。',
  'a star stands for all that follows: it is the last segment, and alone in it.':
    '星号代表其后的全部内容：只能是单独的最后一个路径段。',
  'braces hold a whole segment: "{}" is more than that.': '花括号须包含整个路径段："{}" 不止于此。',
  'a request line cannot hold "{}" as it is: percent-encode it.': '请求行不能直接包含 "{}"：请做百分号编码。',
  'a name of a header': '请求头名称',
  'expected one line of text': '应为单行文本',
  'at most 128 letters, digits, spaces and - _ . / : { } *': '最多 128 个字母、数字、空格或 - _ . / : { } *',
  'a placeholder is not closed: write }} after it, or {{{{ for two braces as text.':
    '占位符没有结束：请在其后写 }}；如需两个花括号本身，请写 {{{{。',
  '{} is not a placeholder. {}': '{} 不是占位符。{}',
  'there is no placeholder {}.{} {}': '没有占位符 {}。{}{}',
  '{}.{} has nothing below it.': '{}.{} 没有下级。',
  '{} names one value: request.{}.NAME.': '{} 须指明一个值：request.{}.NAME。',
  'the path has no {{}}.{} It has: {}.': '路径中没有 {{}}。{}现有：{}。',
  'Did you mean "request.path.{}"?': '是否应为 "request.path.{}"？',
  'The answer of the route became larger than {} characters.': '路由的应答超过 {} 个字符。',
}
