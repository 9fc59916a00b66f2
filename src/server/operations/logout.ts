import { logout } from '../../spec/operations/logout.ts'
import { defineHandler } from '../operation-handler.ts'

export const logoutHandler = defineHandler({
  operation: logout,
  handle({ sandbox, token }) {
    if (token !== undefined) sandbox.execute('end-session', { token })
    return {}
  },
  toWire: (data) => data,
})
