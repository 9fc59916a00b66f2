import type { Scenario } from '../scenario.ts'

export const largeOrganization: Scenario = {
  name: 'large-organization',
  title: 'A million users',
  teaches:
    'A full listing takes ten thousand pages. Page with the largest limit, narrow by department or keyWord, work while you read, and never hold the whole list in memory just to look up one user.',
  directory: { users: 1_000_000, departments: 500 },
}
