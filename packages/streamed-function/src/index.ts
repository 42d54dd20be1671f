export {
  type EventAnswer,
  type StartRequest,
  type Stream,
  type StreamedFunctionOptions,
  streamedFunction,
} from './streamed-function.ts'
