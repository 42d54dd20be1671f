import { type AlterTableCmd, type Node, parse } from 'libpg-query'

/** A statement that takes away what a release before it may still use. */
export interface TakesAway {
  /** From 1. */
  readonly line: number
  readonly what: string
}

/**
 * Statements of a migration that do more than add: they drop, rename, forbid or hide. What the migration itself has
 * made is nobody's yet, so that anything may be done to it. Not seen: what a function does when it is called, and data
 * that an update changes.
 * @throws Error when it is not SQL as PostgreSQL's own parser understands it
 */
export async function takesAway(sql: string): Promise<readonly TakesAway[]> {
  const { stmts = [] } = await parse(sql)
  const made = new Set<string>()
  return stmts.flatMap(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
    if (stmt === undefined) return []
    const what = judged(stmt, made)
    if (what === undefined) return []
    // Locations count bytes, and a statement begins where the one before it ended.
    const before = Buffer.from(sql).subarray(0, stmt_location).toString()
    const own = Buffer.from(sql)
      .subarray(stmt_location, stmt_location + stmt_len)
      .toString()
    const lead = /^(\s|--[^\n]*\n)*/.exec(own)?.[0] ?? ''
    return [{ line: (before + lead).split('\n').length, what }]
  })
}

/** What is wrong with a statement, if something is. Adds what it makes to `made`. */
function judged(stmt: Node, made: Set<string>): string | undefined {
  if ('CreateStmt' in stmt) made.add(nameOf(stmt.CreateStmt.relation))
  else if ('CreateFunctionStmt' in stmt) {
    if (!stmt.CreateFunctionStmt.replace) made.add(written(stmt.CreateFunctionStmt.funcname))
  } else if ('AlterTableStmt' in stmt) {
    if (made.has(nameOf(stmt.AlterTableStmt.relation))) return undefined
    for (const cmd of stmt.AlterTableStmt.cmds ?? []) {
      const what = 'AlterTableCmd' in cmd ? judgedColumn(cmd.AlterTableCmd) : undefined
      if (what !== undefined) return what
    }
  } else if ('IndexStmt' in stmt) {
    if (stmt.IndexStmt.unique && !made.has(nameOf(stmt.IndexStmt.relation))) return 'forbids rows that are alike'
  } else if ('CreatePolicyStmt' in stmt) {
    const { permissive, table } = stmt.CreatePolicyStmt
    if (!permissive && !made.has(nameOf(table))) return 'hides rows'
  } else if ('GrantStmt' in stmt) {
    const { is_grant, objects = [] } = stmt.GrantStmt
    if (!is_grant && !objects.every((object) => made.has(objectName(object)))) return 'takes a right away'
  } else if ('AlterOwnerStmt' in stmt) {
    const { object } = stmt.AlterOwnerStmt
    if (object === undefined || !made.has(objectName(object))) return 'gives something to somebody else'
  } else if ('AlterEnumStmt' in stmt) return stmt.AlterEnumStmt.oldVal === undefined ? undefined : 'renames a value'
  else if ('DropStmt' in stmt || 'DropRoleStmt' in stmt) return 'drops something'
  else if ('RenameStmt' in stmt) return 'renames something'
  else if ('AlterObjectSchemaStmt' in stmt) return 'moves something to another schema'
  else if ('AlterPolicyStmt' in stmt) return 'changes who sees which rows'
  else if ('TruncateStmt' in stmt || 'DeleteStmt' in stmt) return 'deletes rows'
  else if ('DoStmt' in stmt) return 'runs code whose effects cannot be seen'
  return undefined
}

/** Changes of a table that was there before, that releases before do not notice. */
const ADDING = new Set([
  'AT_DropNotNull',
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetRelOptions',
])

function judgedColumn({ subtype = 'AT_AddColumn', def }: AlterTableCmd): string | undefined {
  if (ADDING.has(subtype)) return undefined
  switch (subtype) {
    case 'AT_AddColumn': {
      const column = def !== undefined && 'ColumnDef' in def ? def.ColumnDef : {}
      const kinds = (column.constraints ?? []).map((one) => ('Constraint' in one ? one.Constraint.contype : undefined))
      const filled = ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'].some((kind) =>
        kinds.some((one) => one === kind),
      )
      return !filled && kinds.some((kind) => kind === 'CONSTR_NOTNULL' || kind === 'CONSTR_PRIMARY')
        ? 'adds a column that releases before do not fill'
        : undefined
    }
    case 'AT_ColumnDefault':
      return def === undefined ? 'drops a default' : undefined
    case 'AT_DropColumn':
      return 'drops a column'
    case 'AT_AlterColumnType':
      return 'changes the type of a column'
    case 'AT_SetNotNull':
      return 'forbids a column to be empty'
    case 'AT_AddConstraint':
      return 'forbids what could be stored'
    case 'AT_DropConstraint':
      return 'drops a constraint'
    default:
      return `changes a table that was there before (${subtype})`
  }
}

function nameOf(relation: { readonly schemaname?: string; readonly relname?: string } | undefined): string {
  return [relation?.schemaname, relation?.relname].filter((part) => part !== undefined).join('.')
}

function objectName(object: Node): string {
  if ('RangeVar' in object) return nameOf(object.RangeVar)
  if ('ObjectWithArgs' in object) return written(object.ObjectWithArgs.objname)
  return ''
}

function written(parts: readonly Node[] = []): string {
  return parts.map((part) => ('String' in part ? (part.String.sval ?? '') : '')).join('.')
}
