export { createLogger, errorFields, type LogFields, type Logger, type LoggerOptions, type LogLevel } from './logger.ts'
export { standardOutput } from './standard-output.ts'
