import type { AwsError } from './aws-error.ts'
import type { CloudAnswer, CloudRequest } from './messages.ts'
import type { Operation, Operations } from './operations.ts'

/** A request that has been read: which operation it asks for, and with what. */
export interface Asked {
  readonly operation: Operation
  readonly input: Readonly<Record<string, unknown>>
}

/** How a service reads requests and writes answers. */
export interface Protocol {
  /** Undefined: no operation of the service. @throws AwsError when the request cannot be read */
  readonly find: (operations: Operations, request: CloudRequest) => Asked | undefined
  readonly answer: (operation: Operation, output: Readonly<Record<string, unknown>>, requestId: string) => CloudAnswer
  readonly refuse: (error: AwsError, requestId: string) => CloudAnswer
}
