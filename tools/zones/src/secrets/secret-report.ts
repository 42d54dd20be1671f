import { type SecretName, secretId, secrets } from '@sax/infra/secrets'
import { type AgreementFacts, fieldsAt, isSecretId } from './agreement-facts.ts'
import type { Disagreement, ReaderReport, SecretReport } from './agreement-report.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { VersionEnvironment } from './function-environments.ts'
import { secretShapes } from './secret-shapes.ts'
import { parseSecret } from './stored-secret.ts'

/** One secret and everybody who reads it. */
export function secretReport(name: SecretName, facts: AgreementFacts, fingerprint: Fingerprint): SecretReport {
  const id = secretId(facts.stage, name)
  const { next, previous } = secretShapes[name]
  const state = facts.states.get(id)
  const fields = fieldsAt(facts, id, name)
  const has = (field: string | undefined) => field !== undefined && fields?.[field] !== undefined
  const readers = facts.functions
    .filter(({ fn }) => secrets[name].readers.includes(fn.kind))
    .flatMap(({ fn: { functionName }, versions = [] }) =>
      versions.map((version) => readerReport(name, functionName, version, facts, fingerprint)),
    )
  return {
    name,
    secretId: id,
    value:
      state === undefined
        ? 'no secret'
        : state.current === undefined
          ? 'none'
          : fields === undefined
            ? 'unusable'
            : 'usable',
    ageSec: state?.current && Math.max(0, Math.round((state.nowMs - state.current.createdAtMs) / 1000)),
    rotation: has(previous) ? 'changed' : has(next) ? 'prepared' : 'none',
    readers,
  }
}

function readerReport(
  name: SecretName,
  functionName: string,
  { version, variables }: VersionEnvironment,
  facts: AgreementFacts,
  fingerprint: Fingerprint,
): ReaderReport {
  const { variable } = secrets[name]
  const id = secretId(facts.stage, name)
  const named = variables[variable]
  const known = named !== undefined && isSecretId(named) ? named : undefined
  const value = known === undefined ? undefined : fieldsAt(facts, known, name)?.[secretShapes[name].main]
  const fault =
    named === undefined
      ? `has no ${variable}, so that it cannot read ${name}`
      : known === undefined
        ? `has something in ${variable} that is no secret's name`
        : known === id || known === facts.states.get(id)?.arn
          ? undefined
          : `reads ${known} in place of ${id}`
  const seen = value === undefined ? undefined : fingerprint(value)
  return { functionName, version, variable, secretId: known, fingerprint: seen, fault }
}

/** What is wrong with a secret or with one of its readers. */
export function disagreementsOf(report: SecretReport, { stage, states }: AgreementFacts): readonly Disagreement[] {
  const { name, secretId: id, readers } = report
  const stored = (): readonly Disagreement[] => {
    switch (report.value) {
      case 'no secret':
        return [{ about: id, why: 'is not there', next: `npx zones infra apply ${stage}` }]
      case 'none':
        return [{ about: id, why: 'has no value', next: `npx zones secrets set ${stage} ${name}` }]
      case 'unusable': {
        const parsed = parseSecret(name, states.get(id)?.current?.text ?? '')
        const why = parsed.kind === 'refused' ? parsed.why : 'is not usable'
        return [{ about: id, why, next: `npx zones secrets set ${stage} ${name} --replace` }]
      }
      case 'usable':
        return []
    }
  }
  const values = new Set(readers.flatMap((reader) => reader.fingerprint ?? []))
  const differ = {
    about: id,
    why: `has readers with ${values.size} different values: what one signs, another refuses`,
    next: 'mend the readers named here',
  }
  return [
    ...stored(),
    ...readers.flatMap(({ functionName, version, fault }) =>
      fault === undefined
        ? []
        : [{ about: `${functionName}, version ${version},`, why: fault, next: releaseAgain(stage) }],
    ),
    ...(values.size > 1 ? [differ] : []),
  ]
}

/** A version keeps the environment it was published with. @source AWS Lambda Developer Guide, "Manage Lambda function versions" */
export const releaseAgain = (stage: string) => `npx zones infra apply ${stage}, and then a new release`
