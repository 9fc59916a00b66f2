/** The reference: what operations do, their groups, parameters and examples. */
export const operationTexts: Readonly<Record<string, string>> = {
  'KooDrive enterprise API, as mocked': 'KooDrive 企业版接口（模拟）',
  'Batch provisioning, import pre-verification and listings of KooDrive, and the management of sessions, departments, users, spaces and tasks. Every field says how well it is known (x-evidence) and from where (x-source); open questions are listed as x-readings.':
    'KooDrive 的批量开户、批量导入前置校验和列表查询，以及会话、部门、用户、空间和任务管理。每个字段都注明可信程度（x-evidence）和出处（x-source），文档未明确的问题列在 x-readings 中。',
  'The mock, as started without flags': '模拟服务（不带参数启动时的地址）',
  'AP-Singapore': '亚太-新加坡',
  'CN North-Beijing4': '华北-北京四',
  'Batches of new users; app signature.': '批量开户；应用签名。',
  'Import pre-verification and lists of users and spaces; access token or app signature.':
    '批量导入前置校验、用户列表和空间列表；访问令牌或应用签名。',
  'No page of this group documents an error: the refusals are inferred.': '该组页面没有说明错误，拒绝方式为推断。',
  'Signing in and out; access token of a user.': '登录与退出；用户的访问令牌。',
  'The tree of departments.': '部门树。',
  'Single users.': '单个用户。',
  'Spaces, their allocation, and the quota.': '空间、空间分配与配额。',
  'Transfers and imports.': '移交与导入。',
  'Follows the page {}.': '依据页面 {}。',
  'Inferred: {}.': '推断：{}。',
  'The page documents no errors: the refusals are inferred.': '该页面没有说明错误，拒绝方式为推断。',
  'Two users, as on the reference page': '两个用户，与参考页面一致',
  'The task id is the taskId of queryBatchProvisioning.': '任务 ID 即 queryBatchProvisioning 的 taskId。',
  'One user provisioned, one skipped': '一个用户开户成功，一个跳过',
  'Id of the selected department: a 64-bit integer, exact beyond 2^53.':
    '所选部门的 ID：64 位整数，超过 2^53 也保持精确。',
  'Users of the import.': '要导入的用户。',
  'One user for the department "Dept", as the reference page means it':
    '导入部门 "Dept" 的一个用户，与参考页面的本意一致',
  'One result per user, in order.': '每个用户一个结果，顺序一致。',
  'Id of the department; without it the whole organisation (a department administrator: the own department).':
    '部门 ID；不填为整个组织（部门管理员为其所管理的部门）。',
  'true: only direct members of the department; false (default): members of its sub-departments too.':
    'true：仅部门的直属成员；false（默认）：包含下级部门的成员。',
  'Chinese text of the parameter; reading is-direct': '参数的中文说明；见解读选项 is-direct',
  'Text that the name must contain, in any case.': '姓名须包含的文本，不区分大小写。',
  'The first ten users of a department': '某部门的前十个用户',
  'Text that the name or the full mobile number must contain, in any case.':
    '姓名或完整手机号须包含的文本，不区分大小写。',
  'Only spaces in this state: 0 normal, 1 disabled.': '仅返回该状态的空间：0 正常，1 停用。',
  'The page lists no values; those of UpdateSpace (2025-12-12)':
    '页面没有列出取值；采用 UpdateSpace（2025-12-12）的取值',
  'Number of spaces before paging.': '分页前的空间总数。',
  'Spaces of this page.': '本页空间。',
  'A page of the whole organisation; optional parameters may be empty': '整个组织的一页；可选参数可以为空',
  'The address where a user signs in. The page there redirects to its redirect_uri with an authorization code for createSession. The mock answers a page of its own.':
    '用户登录的地址。登录页携带授权码重定向到 redirect_uri，授权码用于 createSession。模拟服务提供自己的登录页。',
  'Domain name of the front end, with a port if it has one.': '前端域名，有端口时带端口。',
  'Address of the sign-in page, with client_id, redirect_uri and scope.':
    '登录页地址，带 client_id、redirect_uri 和 scope。',
  'Origin of the sign-in service.': '登录服务的源地址。',
  'The front end of the reference page': '参考页面中的前端',
  'Redeems an authorization code for an access token. A code is good once and for five minutes.':
    '用授权码换取访问令牌。授权码只能使用一次，五分钟内有效。',
  'Authorization code from the redirect of the sign-in page. Once, within five minutes.':
    '登录页重定向时携带的授权码。五分钟内使用，仅限一次。',
  '{}, request table; once and five minutes are inferred from OAuth 2.0 (RFC 6749)':
    '{}，请求参数表；一次和五分钟由 OAuth 2.0（RFC 6749）推断',
  'Domain name of the front end.': '前端域名。',
  '{}, example; the table has no domain': '{}，示例；表中没有 domain',
  'The code of a redirect': '重定向携带的授权码',
  'The session.': '会话。',
  'The user that an access token stands for. Extends the life of the token like every call.':
    '访问令牌对应的用户。与其他调用一样，会顺延令牌的有效期。',
  'The user.': '用户。',
  'A system administrator': '系统管理员',
  'A further access token for a session. What becomes of the old one is the reading refreshed-token.':
    '为会话签发新的访问令牌。旧令牌如何处理见解读选项 refreshed-token。',
  'Id of the session: sessionId of createSession.': '会话 ID：createSession 返回的 sessionId。',
  'Access token; the value carries the word Bearer. Reading token-prefix.':
    '访问令牌，其值包含 Bearer。见解读选项 token-prefix。',
  'The session of createSession': 'createSession 创建的会话',
  'Ends the session of the token. Authorization is optional: without it there is nothing to end, and 0 is answered.':
    '结束令牌的会话。Authorization 可选：不带时没有可结束的会话，返回 0。',
  'The session ends': '会话结束',
  'The departments directly below a department: one level, without pages. Ask again with the id of each to walk the tree.':
    '某部门的直接下级部门：仅一级，不分页。用各部门的 ID 再次查询即可遍历整棵树。',
  'KooDrive id of the department whose sub-departments are listed. Without it: reading department-list-start.':
    '要查询其下级部门的 KooDrive 部门 ID。不填时见解读选项 department-list-start。',
  'Departments, in a stable order.': '部门列表，顺序稳定。',
  'The sub-departments of a department': '某部门的下级部门',
  'One department. The fields stand beside code and msg, not in `data`.':
    '单个部门。各字段与 code、msg 并列，不在 `data` 中。',
  'KooDrive id of the department: `id` of listDepartments.': 'KooDrive 部门 ID：listDepartments 返回的 `id`。',
  'KooDrive id of the department.': 'KooDrive 部门 ID。',
  'OrgID organisation.': 'OrgID 组织。',
  'OrgID id of the department, 32 hex digits.': 'OrgID 部门 ID，32 位十六进制。',
  'KooDrive id of the parent; the root has none, see the reading root-parent.':
    '上级部门的 KooDrive ID；根部门没有，见解读选项 root-parent。',
  'No page shows the root department; reading root-parent': '没有页面展示根部门；见解读选项 root-parent',
  'Name of the department.': '部门名称。',
  'Id of the tenant.': '租户 ID。',
  'The department that the reference pages name': '参考页面中的部门',
  'Renames and moves a department in one call; both fields are mandatory, so there is no partial update.':
    '一次调用同时修改部门的名称和上级部门；两个字段均必填，不支持部分修改。',
  'Name. Reading department-name.': '名称。见解读选项 department-name。',
  'KooDrive id of the parent: neither the department itself nor one below it. At most five levels, the root included.':
    '上级部门的 KooDrive ID：不能是该部门本身或其下级。最多五级，含根部门。',
  'A new name and a new parent': '新的名称和上级部门',
  'Deletes a department and its team space. What happens to members and sub-departments is the reading department-deletion.':
    '删除部门及其团队空间。成员和下级部门如何处理见解读选项 department-deletion。',
  'A department without members': '没有成员的部门',
  'Creates a department below another one, with a team space when the organisation gives new ones a space.':
    '在某部门下创建部门；组织为新部门分配空间时同时创建团队空间。',
  'KooDrive id of the parent. At most five levels, the root included.': '上级部门的 KooDrive ID。最多五级，含根部门。',
  'A department below another one': '某部门的下级部门',
  'The new department.': '新部门。',
  'The id is the department_id of getDepartment.': '该 ID 即 getDepartment 的 department_id。',
  'One user. The path takes the KooDrive id (`id` of listUsers), not the OrgID id (`userId` of listUsers).':
    '单个用户。路径使用 KooDrive ID（listUsers 的 `id`），而不是 OrgID 用户 ID（listUsers 的 `userId`）。',
  'KooDrive id of the user: `id` of listUsers.': 'KooDrive 用户 ID：listUsers 返回的 `id`。',
  'The user of the reference page': '参考页面中的用户',
  'Moves a user, changes the role, disables or enables. What is absent stays; at least one field is given.':
    '修改用户的部门、角色，或停用、启用用户。未填的字段保持不变，至少填写一个字段。',
  'KooDrive id of the new department: a 64-bit integer, exact beyond 2^53, or its digits as a string.':
    '新部门的 KooDrive ID：64 位整数，超过 2^53 也保持精确，或为数字字符串。',
  '0 department administrator, 1 common user, 2 system administrator, 5 member with management permissions.':
    '0 部门管理员，1 普通用户，2 系统管理员，5 有管理权限的成员。',
  '0 enabled, sign-in is possible; 1 disabled. (The carrier edition has 7 for frozen instead.)':
    '0 启用，可以登录；1 停用。（运营商版以 7 表示冻结。）',
  'Move to another department and disable': '移到其他部门并停用',
  'Deletes a user with the individual space. The phone can be provisioned again afterwards.':
    '删除用户及其个人空间。之后该手机号可以重新开户。',
  'A user and the individual space': '用户及其个人空间',
  'Adds a member of the OrgID organisation to KooDrive, where the member gets a new id. Which id the answer carries is the reading created-user-id.':
    '将 OrgID 组织的成员添加到 KooDrive，并分配新的 ID。返回哪个 ID 见解读选项 created-user-id。',
  'OrgID id of the member, such as 1008600000029937613.': '成员的 OrgID 用户 ID，例如 1008600000029937613。',
  'Department and role. The table says mandatory, the example leaves it out.': '部门与角色。表格写必填，示例中没有。',
  'A member of the organisation, with the defaults': '组织成员，使用默认值',
  'A common user of a department': '某部门的普通用户',
  'The new user; the example leaves it out. Reading created-user-id.':
    '新用户；示例中没有。见解读选项 created-user-id。',
  'Id; the table calls it that of a department. Reading created-user-id.':
    'ID；表格称之为部门 ID。见解读选项 created-user-id。',
  'The id is the userId of getUser.': '该 ID 即 getUser 的 userId。',
  'How many users a department or the organisation has. Whether sub-departments count is the reading count-scope.':
    '部门或组织的用户数量。是否包含下级部门见解读选项 count-scope。',
  'KooDrive id of the department; without it, or empty as in the example, the whole organisation.':
    'KooDrive 部门 ID；不填或如示例留空为整个组织。',
  'Number of users.': '用户数量。',
  'The whole organisation': '整个组织',
  'The mobile number of a user. Whether it is masked is the reading mobile-mask.':
    '用户的手机号。是否脱敏见解读选项 mobile-mask。',
  'Mobile number. Reading mobile-mask.': '手机号。见解读选项 mobile-mask。',
  'The space of a department or of a user. An owner without a space is refused with 13000301.':
    '部门或用户的空间。所有者没有空间时返回 13000301。',
  'KooDrive id of the department (type 0) or the user (type 1) that owns the space.':
    '空间所有者的 KooDrive ID：部门（类型 0）或用户（类型 1）。',
  '0 department, 1 individual, 2 group. The mock has no groups.': '0 部门，1 个人，2 群组。模拟服务没有群组。',
  'Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none.':
    '空间 ID，用于有多个个人空间的用户。不填时为最新的空间。与空间不符的 ID 查不到空间。',
  'The space.': '空间。',
  'The individual space of a user': '用户的个人空间',
  'Gives a department or a user a space out of the free capacity of the organisation.':
    '从组织的剩余容量中为部门或用户分配空间。',
  'Size in GB, 1 to 104857600, within the free capacity. String in the table, a number in the example: both are taken.':
    '大小，单位 GB，1 至 104857600，不超过剩余容量。表格为字符串，示例为数字，两者均可。',
  '{}, request table; the range is that of the carrier edition of UpdateSpace':
    '{}，请求参数表；范围出自 UpdateSpace 的运营商版',
  'What members may do.': '成员的权限。',
  'A space of 1 GB for a department': '某部门 1 GB 的空间',
  'The new space.': '新空间。',
  'Resizes, disables or enables the space of a department or a user. What is absent stays.':
    '修改部门或用户空间的大小，或停用、启用空间。未填的字段保持不变。',
  '0 normal, 1 disabled. String in the table, a number in the example: both are taken.':
    '0 正常，1 停用。表格为字符串，示例为数字，两者均可。',
  'Size in GB, 1 to 104857600: at least what is used, at most what is free besides.':
    '大小，单位 GB，1 至 104857600：不小于已使用量，增加部分不超过剩余容量。',
  '{}, request table; unit and range from its carrier edition (2026-02-12)':
    '{}，请求参数表；单位和范围出自其运营商版（2026-02-12）',
  '0 department, 1 individual.': '0 部门，1 个人。',
  'The space of a department is disabled': '停用部门空间',
  'Deletes the space of a department or a user; its capacity is free again.': '删除部门或用户的空间，释放其容量。',
  'The space of a department': '部门空间',
  'All departments in a stable order, page by page; those with a space show it.':
    '所有部门，顺序稳定，分页返回；有空间的部门附带空间信息。',
  "Text that the department's name must contain, in any case.": '部门名称须包含的文本，不区分大小写。',
  '{}, query parameters; the page searches administrators as well': '{}，查询参数；页面还会搜索管理员',
  'Number of departments before paging.': '分页前的部门总数。',
  'Departments of this page.': '本页部门。',
  'Ten departments, one with a space and one without': '十个部门，一个有空间，一个没有',
  'What is allocated of the capacity, by type of space. The table has a list of numbers, the example one object of strings: reading allocation-form.':
    '各类空间的容量分配情况。表格为数字列表，示例为字符串对象：见解读选项 allocation-form。',
  'One entry for each type. Reading allocation-form.': '每种类型一项。见解读选项 allocation-form。',
  'All types, as the table describes them': '所有类型，与表格一致',
  'Quota of the organisation and what is used of it. The sums of the page example hold.':
    '组织的配额及使用情况。各项合计与页面示例一致。',
  'Quota and usage.': '配额与使用情况。',
  'The organisation of the reference page': '参考页面中的组织',
  'Type 0 hands what a user owns to another one and deletes the first. Type 1 imports the users of an earlier upload to OrgID, which resultId names: the request carries no users. Poll the task with getTask.':
    '类型 0 将一个用户的数据移交给另一个用户，并删除前者。类型 1 导入此前上传到 OrgID 的用户，由 resultId 指定，请求中不含用户。请用 getTask 轮询任务。',
  '0 transfer and delete, 1 batch import. No default is documented: reading task-type-default.':
    '0 移交并删除，1 批量导入。文档没有说明默认值：见解读选项 task-type-default。',
  'KooDrive id of the user to delete. Mandatory for type 0.': '要删除的用户的 KooDrive ID。类型 0 必填。',
  'KooDrive id of the user who receives. Mandatory for type 0.': '接收用户的 KooDrive ID。类型 0 必填。',
  'Id of the upload whose users are imported. Mandatory for type 1. Reading import-upload.':
    '要导入的上传结果 ID。类型 1 必填。见解读选项 import-upload。',
  'OrgID organisation. Mandatory for type 1.': 'OrgID 组织。类型 1 必填。',
  'OrgID user who imports. Mandatory for type 1.': '执行导入的 OrgID 用户。类型 1 必填。',
  'Hand over and delete': '移交并删除',
  'Import an upload': '导入上传结果',
  'The taskId is the task_id of getTask.': 'taskId 即 getTask 的 task_id。',
  'The taskId is the taskId of getTaskResult.': 'taskId 即 getTaskResult 的 taskId。',
  'The tasks of createTask by the time of their creation, the oldest first, page by page. A page may be short before the last one: go on until nextCursor is absent.':
    'createTask 创建的任务，按创建时间从早到晚分页返回。最后一页之前的页也可能不满：请一直读到没有 nextCursor 为止。',
  'Only tasks of this type: 0 transfer and delete, 1 import.': '仅返回该类型的任务：0 移交并删除，1 导入。',
  'Only tasks in one of these states: 0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED. Several as status=1&status=2 or status=1,2.':
    '仅返回这些状态的任务：0 NEW，1 EXECUTING，2 SUCCESS，3 FAILED。多个状态写作 status=1&status=2 或 status=1,2。',
  '{}, query parameters; how several are written is inferred': '{}，查询参数；多个值的写法为推断',
  'Tasks of a page, 1 to 100; 100 by default.': '每页任务数，1 至 100，默认 100。',
  'Cursor of the page, from nextCursor of the page before; absent or empty for the first page.':
    '页游标，取自上一页的 nextCursor；第一页不填或为空。',
  'Tasks of this page. The example calls the list taskListDtos: reading task-list-key.':
    '本页任务。示例中列表名为 taskListDtos：见解读选项 task-list-key。',
  'Cursor of the next page; absent on the last page. A number in the example: reading task-cursor-type.':
    '下一页游标，最后一页没有。示例为数字：见解读选项 task-cursor-type。',
  'The example shows the time of the next task in epoch milliseconds': '示例为下一个任务的毫秒时间戳',
  'Transfers that succeeded, ten at a time; an empty cursor is the first page':
    '成功的移交任务，每页十个；游标为空即第一页',
  'One task of createTask. The fields stand beside code and msg, not in `data`. Poll until the status is 2 or 3.':
    'createTask 创建的单个任务。各字段与 code、msg 并列，不在 `data` 中。请轮询至状态为 2 或 3。',
  'Id of the task: taskId of createTask.': '任务 ID：createTask 返回的 taskId。',
  'Name of the task.': '任务名称。',
  '0 transfer and delete, 1 batch import.': '0 移交并删除，1 批量导入。',
  'KooDrive id of the user who created it.': '创建者的 KooDrive 用户 ID。',
  '0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED.':
    '0 NEW（新建），1 EXECUTING（执行中），2 SUCCESS（成功），3 FAILED（失败）。',
  'Code of a failure, 18xxxxxx; absent on success.': '失败的错误码，18xxxxxx；成功时没有。',
  'A transfer that has succeeded': '成功的移交任务',
  'How many users of an import task were imported, and why the others were not.':
    '导入任务成功导入的用户数量，以及其余用户失败的原因。',
  'Id of the task. The table says optional; without it: reading task-result-without-id.':
    '任务 ID。表格写可选；不填时见解读选项 task-result-without-id。',
  'The spelling of the example for taskId; taskId goes first.': '示例中 taskId 的另一种写法；以 taskId 优先。',
  'Outcome of the import.': '导入结果。',
  'One user imported, one not': '一个用户导入成功，一个失败',
  'App signature: `HMAC-SHA256 AppId=<appId>,SignedHeaders=<a;b;c>,Signature=<hex>`, with the headers X-Date and X-User-Id.':
    '应用签名：`HMAC-SHA256 AppId=<appId>,SignedHeaders=<a;b;c>,Signature=<hex>`，并带 X-Date 和 X-User-Id 请求头。',
  '1. Canonical request, lines joined by a line feed: the method in upper case; the path, each segment percent-encoded, with a slash at the end; the query, percent-encoded (RFC 3986) and sorted by character code, `name=` for an empty value; each signed header as `lower-case-name:trimmed value`; an empty line; the signed header names in lower case, sorted, joined by `;`; the lower-case hex SHA-256 of the body bytes (of nothing, when there is no body).\n2. String to sign: `HMAC-SHA256`, a line feed, and the lower-case hex SHA-256 of the canonical request. It has no date line.\n3. Signature: lower-case hex HMAC-SHA256 of the string to sign, keyed with the UTF-8 bytes of the AppSecret.':
    '1. 规范请求，各行以换行符连接：大写的请求方法；逐段做百分号编码、以斜杠结尾的路径；做百分号编码（RFC 3986）并按字符编码排序的查询参数，空值写作 `name=`；参与签名的请求头，每行写作 `name:value`，名称小写，值去除首尾空格；空行；小写、排序并以 `;` 连接的请求头名称；请求体字节的 SHA-256（小写十六进制，没有请求体时对空内容计算）。\n2. 待签名字符串：`HMAC-SHA256`、换行符，以及规范请求的 SHA-256（小写十六进制）。其中没有日期行。\n3. 签名：以 AppSecret 的 UTF-8 字节为密钥，对待签名字符串计算 HMAC-SHA256，写成小写十六进制。',
  'Access token. The pages also write `Bearer+<token>`; that form and the bare token are accepted too (reading bearer-form).':
    '访问令牌。各页面也写作 `Bearer+<token>`；该形式和单独的令牌同样接受（见解读选项 bearer-form）。',
}
