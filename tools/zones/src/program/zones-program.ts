import { Command } from 'commander'
import type { CommandLine } from './command-line.ts'
import { addInfraCommands } from './infra-commands.ts'
import { addPracticeCommands } from './practice-commands.ts'
import { addReleaseCommands } from './release-commands.ts'
import { addRouteCommands } from './route-commands.ts'
import { addSecretCommands } from './secret-commands.ts'
import { addSiteCommands } from './site-commands.ts'

/** The whole command line. What is wrong with arguments, and help, is thrown as commander's error once it is printed. */
export function zonesProgram(line: CommandLine): Command {
  const program = new Command('zones').description('Tools for the zones of the site.').exitOverride()
  addSiteCommands(program, line)
  addRouteCommands(program, line)
  addReleaseCommands(program, line)
  addInfraCommands(program, line)
  addSecretCommands(program, line)
  addPracticeCommands(program, line)
  return program
}
