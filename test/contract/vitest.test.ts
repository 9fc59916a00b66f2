import { contractSuite } from '../../src/vitest.ts'
import { mockRun } from '../support/contract.ts'

contractSuite(mockRun({ debugHeaders: true }), { title: 'the mock, one test a check' })
