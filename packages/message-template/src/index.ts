export {
  MAX_CONTENT_LENGTH,
  type ParsedTemplate,
  parseTemplate,
  type TemplatePart,
  type TemplateProblem,
} from './parse.ts'
export { type KnownVariable, knownVariables, type RenderedTemplate, renderTemplate } from './render.ts'
export { type MessageSize, messageSize } from './segments.ts'
