import type { STSClientConfig } from '@aws-sdk/client-sts'
import { awsFailure } from './aws-failure.ts'

/** What carries a request, as far as the SDK is concerned. */
type RequestHandler = NonNullable<STSClientConfig['requestHandler']>

/** How every client talks to AWS. */
export interface AwsSettings {
  readonly region: string
  /** In place of AWS: an emulator on this machine. */
  readonly endpoint?: string | undefined
  /** How often a call is tried in all when AWS is busy or out of reach. */
  readonly maxAttempts: number
  /** Absent: they come from where the AWS CLI takes them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Of the AWS configuration on this machine. Absent: the one the shell is set to. */
  readonly profile?: string
  /** In place of the network. */
  readonly requestHandler?: RequestHandler
}

interface Listening {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<unknown>,
        context: { readonly commandName?: string },
      ) => (args: never) => Promise<unknown>,
      options: { readonly step: 'initialize'; readonly name: string; readonly priority: 'high' },
    ): void
  }
}

/** Constructor options of an SDK client. */
export function clientOptions({ region, endpoint, maxAttempts, credentials, profile, requestHandler }: AwsSettings) {
  return {
    region,
    maxAttempts,
    retryMode: 'standard',
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(profile === undefined ? {} : { profile }),
    ...(requestHandler === undefined ? {} : { requestHandler }),
  } as const
}

/**
 * The same client, whose calls fail with `AwsFailure` and nothing else.
 * @param service prefix of its actions, as IAM spells it
 */
export function failingPlainly<Client>(service: string, client: Client & Listening): Client {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        try {
          return await next(args)
        } catch (error) {
          throw awsFailure(`${service}:${commandName.replace(/Command$/, '')}`, error)
        }
      },
    { step: 'initialize', name: 'failPlainly', priority: 'high' },
  )
  return client
}
