import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import {
  assignment,
  concurrency,
  names,
  port,
  positiveInteger,
  repeats,
  sampleSize,
  usd,
  wholeNumber,
} from './arguments.ts'
import { CHECKOUT } from './checkout.ts'
import { EXIT, type ExitCode } from './exitCode.ts'
import { INPUTS_HELP } from './inputsSource.ts'

const WORKSPACE = [
  '--workspace <dir>',
  'the workspace; else the nearest folder above that holds jacquard.yaml or .jacquard/',
] as const
const JSON_OUTPUT = ['--json', 'print one JSON document on standard output'] as const

/** Reads the command line and does what it says. Each command's own file is loaded only when it is asked for. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  const finish = async (work: Promise<ExitCode>) => {
    code = await work
  }
  const program = new Command('jacquard')
    .description('Runs chains of language-model stages over many items.')
    .version(ownVersion())
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.')
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      '\nExit codes: 0 ok, 1 some items failed, 2 command line or chain not right, 3 paused with items waiting, 130 interrupted.',
    )

  program
    .command('run')
    .summary('run a chain over all items of a source')
    .description('Runs a chain over all items of its source, or goes on with an earlier run.')
    .argument('<chain>', 'the chain file, NAME.chain.yaml')
    .option('--inputs <path>', `in place of the source of the chain: ${INPUTS_HELP}`)
    .option(
      '--output <file>',
      'results file (.jsonl or .csv) in place of the sink of the chain; - streams lines to standard output',
    )
    .option('--max-concurrent <n>', 'items in flight at the most, or `unbounded` (default 8)', concurrency)
    .option('--tier <stage=tier>', 'another tier for one stage; may be repeated', assignment)
    .option(
      '--set <stage.key=value>',
      'a key of one stage, such as model, maxTokens, timeout or repair, or another parameter; may be repeated',
      assignment,
    )
    .option('--param <name=value>', 'another value for a param of the chain; may be repeated', assignment)
    .option('--limit <n>', 'only the first N items', positiveInteger)
    .option('--stop-on-error', 'end the run at the first item that fails')
    .option('--budget-usd <x>', 'pause before more than this is spent', usd)
    .option('--no-memory', 'take no answers of earlier runs; each item is asked anew')
    .option('--canary <n>', 'items that run before all others; 0: none (default: 12 in long runs)', wholeNumber)
    .option('--no-tripwires', 'do not pause by itself when much goes wrong')
    .option('--unordered', 'with --output -: lines as items finish, not in input order')
    .option('--resume <run>', 'go on with a run that was paused or interrupted; an id, the start of one, or `last`')
    .option('--retry-failed <run>', 'ask again for the failed items of a run')
    .option('--quiet', 'print nothing but errors')
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard run chains/triage.chain.yaml',
        'jacquard run chains/triage.chain.yaml --inputs ~/tickets --limit 20 --tier draft=frontier',
        'jacquard run chains/triage.chain.yaml --output - --quiet | jq .output',
        'jacquard run chains/triage.chain.yaml --resume last',
      ),
    )
    .action((chain, flags) => finish(import('./commands/run.ts').then(({ run }) => run(chain, flags))))

  program
    .command('test')
    .summary('run a chain on one item and show every stage')
    .description('Runs a chain on one item and prints the input, prompt, answer, tokens, time and cost of every stage.')
    .argument('<chain>', 'the chain file, NAME.chain.yaml')
    .requiredOption('--item <file|json>', 'the item: a file, read as the source would read it, or a JSON value')
    .option(
      '--set <stage.key=value>',
      'a key of one stage, such as model, maxTokens, timeout or repair, or another parameter; may be repeated',
      assignment,
    )
    .option('--param <name=value>', 'another value for a param of the chain; may be repeated', assignment)
    .option('--tier <stage=tier>', 'another tier for one stage; may be repeated', assignment)
    .option('--no-memory', 'take no answers of earlier runs')
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard test chains/triage.chain.yaml --item inputs/tickets/a.txt',
        `jacquard test chains/companies.chain.yaml --item '{"name": "Acme", "country": "DE"}' --tier enrich=local`,
      ),
    )
    .action((chain, flags) => finish(import('./commands/test.ts').then(({ test }) => test(chain, flags))))

  program
    .command('estimate')
    .summary('say what a run over all items will cost and how long it takes')
    .description(
      'Runs a sample of the items and works out cost, tokens and time of all of them, each with a band that one run in ten comes out below and one above.',
    )
    .argument('<chain>', 'the chain file, NAME.chain.yaml')
    .option('--inputs <path>', `in place of the source of the chain: ${INPUTS_HELP}`)
    .option('--sample <n>', 'items to rest it on, chosen to differ (default 10)', sampleSize)
    .option('--tiers <a,b,c>', 'tiers to try the whole chain on too', names)
    .option('--param <name=value>', 'another value for a param of the chain; may be repeated', assignment)
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard estimate chains/triage.chain.yaml',
        'jacquard estimate chains/triage.chain.yaml --inputs ~/tickets --sample 20 --tiers local,standard --json',
      ),
    )
    .action((chain, flags) => finish(import('./commands/estimate.ts').then(({ estimate }) => estimate(chain, flags))))

  program
    .command('compare')
    .summary('run a few items on several tiers, side by side')
    .description(
      'Runs a sample of the items on several tiers and holds the answers, times and costs against each other. Agreement is with the last tier named.',
    )
    .argument('<chain>', 'the chain file, NAME.chain.yaml')
    .requiredOption('--tiers <a,b,c>', 'tiers, as-drawn for the chain as it stands; the last one is the measure', names)
    .option('--inputs <path>', `in place of the source of the chain: ${INPUTS_HELP}`)
    .option('--sample <n>', 'items, chosen to differ (default: the sample kept with the chain, else 10)', sampleSize)
    .option('--stage <id>', 'only this stage; what it builds on runs as it is drawn')
    .option('--repeat <n>', 'ask each item so often in each tier', repeats)
    .option('--param <name=value>', 'another value for a param of the chain; may be repeated', assignment)
    .option('--no-memory', 'take no answers of earlier runs')
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard compare chains/triage.chain.yaml --tiers local,standard,frontier',
        'jacquard compare chains/triage.chain.yaml --tiers local,as-drawn --stage draft --sample 20',
      ),
    )
    .action((chain, flags) => finish(import('./commands/compare.ts').then(({ compare }) => compare(chain, flags))))

  program
    .command('eval')
    .summary('run a suite of cases and say what is wrong')
    .description(
      'Runs the suite beside a chain (NAME.eval.yaml): each case against what it expects, and all of them against an earlier evaluation. Exit code 1: a case failed.',
    )
    .argument('<chain>', 'the chain file, NAME.chain.yaml')
    .option('--suite <file>', 'another suite, NAME.eval.yaml')
    .option('--tiers <a,b,c>', 'evaluate the chain on each of these tiers; as-drawn as it stands (default)', names)
    .option(
      '--baseline <id>',
      'the evaluation to hold against: an id, `last` for the one before, `golden` for that of the suite (default)',
    )
    .option('--set-golden', 'keep this evaluation in the suite as the golden one')
    .option('--inputs <path>', `in place of the source of the chain: ${INPUTS_HELP}`)
    .option('--param <name=value>', 'another value for a param of the chain; may be repeated', assignment)
    .option('--no-memory', 'take no answers of earlier runs')
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard eval chains/triage.chain.yaml',
        'jacquard eval chains/triage.chain.yaml --tiers local,standard --baseline last',
        'jacquard eval chains/triage.chain.yaml --json | jq .evaluations[0].regressions',
      ),
    )
    .action((chain, flags) => finish(import('./commands/eval.ts').then(({ evaluate }) => evaluate(chain, flags))))

  program
    .command('validate')
    .summary('check chain files')
    .description('Checks chain files and prints what is wrong with its place: file:line:column path: message.')
    .argument('<chain...>', 'chain files')
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText('after', examples('jacquard validate chains/*.chain.yaml'))
    .action((chains, flags) => finish(import('./commands/validate.ts').then(({ validate }) => validate(chains, flags))))

  program
    .command('runs')
    .summary('list runs, newest first')
    .description('Lists the runs of a workspace, newest first.')
    .addOption(new Option('--limit <n>', 'how many').argParser(positiveInteger).default(20))
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText('after', examples('jacquard runs', `jacquard runs --json | jq -r '.[0].run'`))
    .action((flags) => finish(import('./commands/runs.ts').then(({ runs }) => runs(flags))))

  program
    .command('show')
    .summary('show a run, or one of its items')
    .description('Shows what a run came to and which items failed; with --item everything known of one item or group.')
    .argument('<run>', 'an id, the start of one, or `last`')
    .option('--item <n|key>', 'one item, by its index (from 0) or its key')
    .addOption(new Option('--lane <n>', 'of a chain that gathers: 1 for its groups').argParser(wholeNumber))
    .option(...JSON_OUTPUT)
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples('jacquard show last', 'jacquard show last --item a.txt', 'jacquard show last --item 12 --json'),
    )
    .action((run, flags) => finish(import('./commands/show.ts').then(({ show }) => show(run, flags))))

  program
    .command('export')
    .summary('write the results of a run to a file')
    .description('Writes the results of a run, one line or row an item.')
    .argument('<run>', 'an id, the start of one, or `last`')
    .addOption(new Option('--format <format>', 'jsonl or csv').choices(['jsonl', 'csv']).makeOptionMandatory())
    .option(
      '--output <file>',
      'where to; - for standard output (default: beside the results, under the name of the run)',
    )
    .option(...WORKSPACE)
    .addHelpText(
      'after',
      examples(
        'jacquard export last --format csv --output triage.csv',
        'jacquard export last --format jsonl --output - | head',
      ),
    )
    .action((run, flags) => finish(import('./commands/export.ts').then(({ exportRun }) => exportRun(run, flags))))

  program
    .command('serve')
    .summary('open the workshop in a browser on this machine')
    .description('Serves the workshop to browsers on this machine, until Ctrl-C.')
    .option('--port <p>', 'the port; 0 for any free one', port)
    .option('--open', 'open the browser too')
    .option(...WORKSPACE)
    .addHelpText('after', examples('jacquard serve --open', 'jacquard serve --workspace ~/tickets --port 8080'))
    .action((flags) => finish(import('./commands/serve.ts').then(({ serve }) => serve(flags))))

  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has printed its message by now; it knows 0 for help and version, and 1 for all that is wrong.
    return error.exitCode === 0 ? EXIT.ok : EXIT.refused
  }
}

function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  ${command}`).join('\n')}`
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}
