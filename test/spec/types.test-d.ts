// Checked by the compiler, never run: what the schemas let through fits the types that are written from them.
import { expectTypeOf } from 'vitest'
import type { z } from 'zod'
import type { Fault, RowRule, Scenario } from '../../src/scenarios/scenario.ts'
import type { faultSchema, scenarioSchema } from '../../src/scenarios/schema.ts'
import type { BodyOf, ResponseOf } from '../../src/spec/operation.ts'
import type { createBatchProvisioningTask } from '../../src/spec/operations/create-batch-provisioning-task.ts'
import type { userSpaceInfo } from '../../src/spec/operations/list-user-spaces.ts'
import type { userInfo } from '../../src/spec/operations/list-users.ts'
import type { queryBatchProvisioning } from '../../src/spec/operations/query-batch-provisioning.ts'
import type { operations } from '../../src/spec/operations.ts'
import type * as Wire from '../../src/spec/wire-types.ts'

type ScenarioInput = z.output<ReturnType<typeof scenarioSchema>>
type Batch = NonNullable<ScenarioInput['batch']>

expectTypeOf<ScenarioInput>().toExtend<Scenario>()
expectTypeOf<keyof ScenarioInput>().toEqualTypeOf<keyof Scenario>()
expectTypeOf<z.output<ReturnType<typeof faultSchema>>>().toExtend<Fault>()
expectTypeOf<Fault>().toExtend<z.output<ReturnType<typeof faultSchema>>>()
expectTypeOf<NonNullable<Batch['rules']>[number]>().toExtend<RowRule>()

type OperationId = (typeof operations)[number]['operationId']
type Task = ResponseOf<typeof queryBatchProvisioning>['data']
expectTypeOf<OperationId>().toEqualTypeOf<Wire.OperationId>()
expectTypeOf<BodyOf<typeof createBatchProvisioningTask>['userList'][number]>().toExtend<Wire.RegisterUserInfo>()
expectTypeOf<Wire.RegisterUserInfo>().toExtend<BodyOf<typeof createBatchProvisioningTask>['userList'][number]>()
expectTypeOf<Task>().toExtend<Wire.BatchProvisioning>()
expectTypeOf<Wire.TaskInfo>().toExtend<Task['taskInfo']>()
expectTypeOf<Wire.RegisterRow>().toExtend<Task['registerList'][number]>()
expectTypeOf<Wire.UserInfo>().toExtend<z.output<ReturnType<typeof userInfo>>>()
expectTypeOf<Wire.UserSpaceInfo>().toExtend<z.output<ReturnType<typeof userSpaceInfo>>>()
