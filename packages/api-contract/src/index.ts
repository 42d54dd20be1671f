export { API_CONTRACT_VERSION } from './contract-version.ts'
export type { EndpointTypes } from './endpoint-types.ts'
export { type AuthClass, type Endpoint, type EndpointName, endpoints } from './endpoints.ts'
export { type ErrorBody, type ErrorCode, errorBody, errorCodes, MISSING_TENANT_MESSAGE } from './error.ts'
export { type Health, health, healthOne } from './health.ts'
export { type Pagination, pagination } from './list.ts'
export { type Patient, patient, patientList, patientListQuery, patientOne } from './patients.ts'
export { type Practice, practice, practiceList } from './practices.ts'
export {
  type CreateTemplate,
  categoryList,
  createTemplateBody,
  type Rendered,
  type RenderTemplate,
  renderedOne,
  renderedTemplate,
  renderTemplateBody,
  type Template,
  type TemplateCategory,
  type TemplateScope,
  template,
  templateCategory,
  templateList,
  templateListQuery,
  templateOne,
  templateScope,
  type UpdateTemplate,
  updateTemplateBody,
  usageOne,
} from './templates.ts'
