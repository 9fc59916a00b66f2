import { getUserMobile } from '../../spec/operations/get-user-mobile.ts'
import { visibleUser } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'

export const getUserMobileHandler = defineHandler({
  operation: getUserMobile,
  handle: (context) => ({ mobile: visibleUser(context, context.params.userId).mobile }),
  toWire({ mobile }, readings) {
    if (readings['mobile-mask'] === 'plain') return { mobile }
    // The example shows the number without its country code.
    return { mobile: `${mobile.replace(/^(?:\+|00)86/, '').slice(0, 3)}********` }
  },
})
