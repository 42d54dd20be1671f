import type { Socket } from 'node:net'
import { serialize } from 'pg-protocol'
import { ask, signIn, untilReady } from './upstream.ts'

/** How a role may sign in at RDS; undefined: there is no such role that may. */
export type RoleStanding = 'iam' | 'password' | undefined

/** What RDS does inside a database beside serving it. */
export interface Administration {
  readonly standingOf: (user: string) => Promise<RoleStanding>
  /** A password of a role that signs in by IAM, which is nobody's but ours; made when there is none yet. */
  readonly passwordOf: (user: string) => Promise<string>
  /** The password did not open: somebody has set another. The next one is new. */
  readonly forgetPasswordOf: (user: string) => void
  /** Sees to it that there is a database of this name. */
  readonly createDatabase: (name: string) => Promise<void>
  readonly close: () => void
}

export interface AdministrationOptions {
  readonly port: number
  readonly password: string
  readonly newNonce: () => string
}

/**
 * Signs in at the database as its superuser. Makes sure that there is the role whose members sign in by IAM.
 * @source Amazon Aurora User Guide, "Creating a database account using IAM authentication" (rds_iam)
 * @throws Error in the server's words
 */
export async function administer({ port, password, newNonce }: AdministrationOptions): Promise<Administration> {
  let session: Promise<Socket> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const open = async (): Promise<Socket> => {
    const startup = serialize.startup({ user: 'postgres', database: 'postgres', application_name: 'rdsadmin' })
    const signedIn = await signIn({ port, startup, password, newNonce })
    if (signedIn.kind === 'refused')
      throw new Error(`the database does not let its administrator in (${signedIn.sqlState})`)
    const { socket } = signedIn
    await untilReady(socket)
    socket.once('close', () => {
      session = undefined
    })
    return socket
  }
  /** One after the other: a session answers one at a time. */
  const run = (statements: string): Promise<readonly string[]> => {
    const answer = last.then(async () => {
      session ??= open()
      try {
        return await ask(await session, statements)
      } catch (error) {
        ;(await session?.catch(() => undefined))?.destroy()
        session = undefined
        throw error
      }
    })
    last = answer.catch(() => undefined)
    return answer
  }
  const passwords = new Map<string, Promise<string>>()
  const setPassword = async (user: string): Promise<string> => {
    const made = newNonce()
    const [statement = ''] = await run(`select format('alter role %I password %L', ${quoted(user)}, ${quoted(made)})`)
    await run(statement)
    return made
  }
  await run(`do $$ begin create role rds_iam nologin; exception when duplicate_object then null; end $$`)
  return {
    standingOf: async (user) => {
      const [standing] = await run(
        `select case when pg_has_role(oid, 'rds_iam', 'member') and not rolsuper then 'iam' else 'password' end from pg_roles where rolname = ${quoted(user)} and rolcanlogin`,
      )
      return standing as RoleStanding
    },
    passwordOf: (user) => {
      const known = passwords.get(user) ?? setPassword(user)
      passwords.set(user, known)
      known.catch(() => passwords.delete(user))
      return known
    },
    createDatabase: async (name) => {
      const [there] = await run(`select 'there' from pg_database where datname = ${quoted(name)}`)
      if (there === 'there') return
      const [statement = ''] = await run(`select format('create database %I', ${quoted(name)})`)
      await run(statement)
    },
    forgetPasswordOf: (user) => void passwords.delete(user),
    close: () => void session?.then((socket) => socket.destroy()).catch(() => undefined),
  }
}

/** A text of SQL. @throws TypeError for what no text can hold */
function quoted(text: string): string {
  if (text.includes('\0')) throw new TypeError('a text of SQL holds no zero')
  return `'${text.replaceAll("'", "''")}'`
}
