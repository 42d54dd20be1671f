/** One line of a role's or a resource's policy, in IAM's own words. */
export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: object
}

export function allow(Action: readonly string[], Resource: string | readonly string[], Condition?: object): Statement {
  return { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) }
}

/** Who may take a role on: a service of AWS, and only for what lies in this account where it says so. */
export function trusting(Service: string, Condition?: object) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service },
        Action: 'sts:AssumeRole',
        ...(Condition === undefined ? {} : { Condition }),
      },
    ],
  }
}
