export { type HttpAnswer, type HttpRequest, httpRequest } from './http-request.ts'
