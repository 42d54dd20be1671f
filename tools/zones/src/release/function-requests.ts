export { functionAnswer } from './function-answer.ts'
export { type Entrance, requestEvent } from './function-events.ts'
