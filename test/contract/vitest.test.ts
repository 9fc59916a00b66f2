import { contractSuite } from '../../src/vitest.ts'
import { mockRun } from '../support/contract.ts'

contractSuite(mockRun(), { title: 'the mock, one test a check' })
