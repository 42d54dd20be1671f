import type { Cloud } from '../src/index.ts'

/** Settings for a genuine SDK client that speaks to the cloud as somebody. Never retries, so that each refusal is seen at once. */
export function asSomebody(env: Readonly<Record<string, string>>) {
  return {
    endpoint: env.AWS_ENDPOINT_URL ?? '',
    region: env.AWS_REGION ?? '',
    maxAttempts: 1,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
    },
  }
}

/** The same for the cloud's own account. */
export function asOwner(cloud: Cloud) {
  return asSomebody(cloud.env)
}

/** Name and message of what a promise is refused with. @throws Error when it is not refused */
export async function refusal(promise: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
  try {
    await promise
  } catch (error) {
    const { name, message, $metadata } = error as {
      name: string
      message: string
      $metadata?: { httpStatusCode?: number }
    }
    const status = $metadata?.httpStatusCode
    return { name, message, ...(status === undefined ? {} : { status }) }
  }
  throw new Error('it was not refused')
}
