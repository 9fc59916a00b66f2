import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import { toIdText } from '../../spec/schemas.ts'
import { isWithin } from '../../world/directory/departments.ts'
import { departmentFor } from '../authentication/department.ts'
import { defineHandler } from '../operation-handler.ts'

export const preverifyBatchImportHandler = defineHandler({
  operation: preverifyBatchImport,
  handle({ body: { curDeptId, users }, state, caller }) {
    const current = departmentFor(state, caller, toIdText(curDeptId))
    const known = new Set(
      state.directory.departments
        .all()
        .filter((department) => isWithin(department, current))
        .map(({ name }) => name),
    )
    const free = state.directory.freeCapacityGb
    let wanted = 0
    const data = users.map(({ targetDeptName, personalCapacity, isAllocateCapacity }) => {
      const capacity = Number(personalCapacity)
      const target = targetDeptName ?? ''
      if (target !== '' && !known.has(target)) return failed(`there is no department "${target}" under ${current.id}`)
      if (!isAllocateCapacity) {
        return capacity === 0 ? passed : failed('personalCapacity must be 0 when isAllocateCapacity is false')
      }
      if (capacity <= 0) return failed('personalCapacity must be above 0 GB when isAllocateCapacity is true')
      if (wanted + capacity > free) return failed(`${capacity} GB exceed the free capacity of ${free - wanted} GB`)
      wanted += capacity
      return passed
    })
    return { data }
  },
  toWire({ data }, readings) {
    if (data.length === 0 && readings['empty-result'] === 'absent') return {}
    if (readings['preverify-success-value'] === '0') return { data }
    return { data: data.map((result) => ({ ...result, isSuccess: 1 - result.isSuccess })) }
  },
})

const passed = { isSuccess: 0 }
const failed = (reason: string) => ({ isSuccess: 1, reason })
