// What the servers answer, and what they are sent. Peers get the same shapes and sizes as the mock's own answers have.
const digits = (number, length) => String(number).padStart(length, '0')
const rows = (count, row) => Array.from({ length: count }, (_, index) => row(index))

export const base = '/koodrive/ose/v1'

export const userPage = {
  list: rows(100, (n) => ({
    id: `21000000000${digits(n, 8)}`,
    userId: `22000000000${digits(n, 8)}`,
    deptId: '2300000000000000001',
    deptName: 'Research',
    mobile: `0086138****${digits(n, 4)}`,
    name: `Person ${digits(n, 4)}`,
    role: 1,
    status: n % 3,
  })),
  total: 100,
  code: 0,
  msg: 'success',
}

export const spacePage = {
  users: [
    {
      tenantId: '0f'.repeat(16),
      status: 0,
      capacity: 10,
      spaceUsed: 189,
      containerId: `IAAE49hOR8LulgAAB${digits(7, 19)}`,
      id: '2100000000000000000',
      role: 1,
      name: 'Person 0000',
      deptName: 'Research',
      userId: '2200000000000000000',
      deptId: '2300000000000000001',
      mobile: '0086138****0000',
      spaceStatus: '0',
    },
  ],
  total: 1,
  code: 0,
  msg: 'OK',
}

export const created = { data: '2400000000000000000', code: 0, msg: 'Success' }

export const taskAnswer = {
  data: {
    taskInfo: {
      taskId: '2400000000000000000',
      status: '2',
      totalCount: 1000,
      successCount: 1000,
      failCount: 0,
      skipCount: 0,
    },
    registerList: rows(1000, (n) => ({
      id: `24000000000${digits(n + 1, 8)}`,
      userId: `25000000000${digits(n * 4, 8)}`,
      phone: `188${digits(n, 10)}`,
    })),
  },
  code: 0,
  msg: 'Success',
}

/** A batch of 1,000 users, about 130 KB. No two numbers give the same phones. */
export const batch = (number, size = 1000) =>
  JSON.stringify({
    userList: rows(size, (n) => ({
      firstname: `First${digits(n, 5)}`,
      surname: `Surname${digits(n, 5)}`,
      phone: `17${digits(number, 6)}${digits(n, 5)}`,
      email: `user${digits(n, 6)}@example.com`,
      password: 'Q!w2e3r4t5',
    })),
  })

/** The body of a create as JSON Schema, for peers and the floor that validate. */
export const batchSchema = {
  type: 'object',
  required: ['userList'],
  properties: {
    userList: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      items: {
        type: 'object',
        required: ['firstname', 'phone'],
        properties: {
          firstname: { type: 'string', minLength: 1 },
          surname: { type: 'string' },
          phone: { type: 'string', minLength: 1 },
          email: { type: 'string' },
          password: { type: 'string' },
        },
      },
    },
  },
}
