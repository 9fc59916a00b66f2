import { documented, inferred } from '../../spec/evidence.ts'
import { asks, type Check, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { given, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import { type ListProbes, rootDepartment } from '../probes/list-probes.ts'
import {
  isMember,
  type ListOperation,
  type Row,
  rowsGiven,
  SMALL,
  someDepartment,
  totalOf,
  WHOLE,
} from '../probes/lists.ts'

const PAGE = Number(WHOLE.limit)

/** Checks of isDirect that both lists share: who belongs to a department itself, and who to those below it. */
export function directChecks(list: ListOperation, probes: ListProbes, ofRoot: Probe<Exchange>): readonly Check[] {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const rows = (exchange: Exchange): Row[] => recordsIn(success(exchange, operationId)[key])
  const { department, departmentDirect, direct } = probes

  return checksOf(operationId, [
    {
      id: `${id}.department-direct`,
      title: 'leave sub-departments out with isDirect=true',
      from: inferred(`${documented(page, 'Table 1, isDirect').source}; the Chinese text says direct members`),
      clause: `${operationId}: isDirect`,
      why: 'Members of sub-departments in a list of direct ones end up in the wrong place of the organisation chart.',
      readings: ['is-direct'],
      uses: [someDepartment, department, departmentDirect],
      async run({ get, learn, undetermined }) {
        const wanted = await get(someDepartment)
        const exchange = await get(departmentDirect)
        const found = rows(exchange)
        const stranger = found.find((row) => !isMember(row, wanted))
        if (stranger !== undefined) {
          fail(`only direct members of ${wanted.id}`, `a member of ${String(stranger['deptName'])}`, exchange)
        }
        const members = rowsGiven(await get(department), list).filter((row) => isMember(row, wanted))
        if (members.length === 0) return undetermined('is-direct', 'it needs a department with direct members')
        // Under the reading `root` a department that is not the root has no member to show.
        if (found.length === 0) return learn('is-direct', 'root')
        const ids = new Set(found.map(({ userId }) => userId))
        const missing = found.length < PAGE ? members.find(({ userId }) => !ids.has(userId)) : undefined
        if (missing !== undefined) fail('every direct member', `a list without userId ${missing['userId']}`, exchange)
        learn('is-direct', 'department')
      },
    },
    {
      id: `${id}.organisation-direct`,
      title: 'list members of one department only with isDirect=true and no deptId',
      from: documented(page, 'Table 1, isDirect'),
      clause: `${operationId}: isDirect`,
      why: 'Both readings of isDirect mean the direct members of the root department here.',
      ...asks([direct], ([exchange]) => {
        const departments = new Set(rows(exchange).map(({ deptId, deptName }) => String(deptId ?? deptName)))
        if (departments.size > 1) {
          fail('members of one department', `members of ${departments.size} departments`, exchange)
        }
      }),
    },
    {
      id: `${id}.is-direct-default`,
      title: 'take isDirect=false for no isDirect',
      from: documented(page, 'Table 1, isDirect: default value false'),
      clause: `${operationId}: isDirect`,
      why: 'A client that writes out the default loses the members of sub-departments where any value counts as true.',
      uses: [probes.smallFirst, probes.notDirect, probes.everybodyAfter.isDirect],
      async run({ get }) {
        const usual = given(await get(probes.smallFirst), operationId)
        const exchange = await get(probes.notDirect)
        const written = success(exchange, operationId)
        const shape = (body: Row) =>
          [
            totalOf(body),
            ...recordsIn(body[key])
              .slice(0, SMALL)
              .map(({ userId }) => userId),
          ].join()
        if (shape(usual) === shape(written)) return
        if (shape(given(await get(probes.everybodyAfter.isDirect), operationId)) !== shape(usual)) {
          skip('the list changed while it was read')
        }
        const [due, got] = [usual, written].map((body) => totalOf(body) ?? recordsIn(body[key]).length)
        fail(`the ${due} records of the list without isDirect`, `${got} records, or others`, exchange)
      },
    },
    {
      id: `${id}.sub-departments`,
      title: 'list the members of sub-departments too without isDirect',
      from: inferred(
        `${documented(page, 'Table 1, isDirect').source}: default false; no page says who belongs to a department`,
      ),
      clause: `${operationId}: isDirect`,
      why: 'A client that lists the root department expects everybody below it.',
      uses: [probes.smallFirst, rootDepartment, ofRoot, probes.everybodyAfter.root],
      async run({ get }) {
        const whole = given(await get(probes.smallFirst), operationId)
        const exchange = await get(ofRoot)
        const below = success(exchange, operationId)
        const [expected, got] = [totalOf(whole), totalOf(below)]
        const names = (body: Row) => recordsIn(body[key]).map(({ userId }) => userId)
        if (expected !== got || names(whole).join() !== names(below).join()) {
          const after = given(await get(probes.everybodyAfter.root), operationId)
          if (totalOf(after) !== expected || names(after).slice(0, SMALL).join() !== names(whole).join()) {
            skip('the list changed while it was read')
          }
          fail(
            `the root department to hold everybody, ${expected ?? 'all'} records`,
            `${got ?? 'other'} records`,
            exchange,
          )
        }
      },
    },
  ])
}
