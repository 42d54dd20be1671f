export { type EventAnswer, type Stream, streamedFunction } from './streamed-function.ts'
