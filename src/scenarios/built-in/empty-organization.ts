import type { Scenario } from '../scenario.ts'

export const emptyOrganization: Scenario = {
  name: 'empty-organization',
  title: 'Nobody there yet',
  teaches:
    'Departments, but no users in them. Lists are empty with total 0, there is no second page, and a search finds nothing: the first run of a client in a new organisation.',
  directory: { users: 0, departments: 4 },
}
