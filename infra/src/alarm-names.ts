import type { DeployedStage } from './account-facts.ts'
import { functionsOfStage } from './functions.ts'

/** Names of alarms are literal, so that whoever watches them need not ask for them. */
export const alarmName = (stage: DeployedStage, id: string) => `sleepconnect-${stage}-${id}`

/** The alarm of the backend's answers as API Gateway counts them. */
export const HTTP_API_SERVER_ERRORS = 'HttpApiServerErrors'

/** What a function that answers people is watched for. */
const WATCHED = ['Errors', 'Throttles', 'Duration', 'ColdStarts'] as const

/** Alarms that go off when the backend of a stage does not answer as it must: of its function, and of the API before it. */
export function backendAlarmNames(stage: DeployedStage): readonly string[] {
  const ofFunction = functionsOfStage(stage)
    .filter(({ kind }) => kind === 'backend')
    .flatMap(({ id }) => WATCHED.map((what) => `${id}${what}`))
  return [...ofFunction, HTTP_API_SERVER_ERRORS].map((id) => alarmName(stage, id))
}
