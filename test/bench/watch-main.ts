/** `node test/bench/watch-main.ts [--quick] [--many]`: the watch figures alone. */
import { parseArgs } from 'node:util'
import { watch, watchMany } from './benchmarks/watch.ts'
import { formatTable } from './table.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    many: { type: 'boolean', default: false },
  },
})

const figures = await (values.many ? watchMany : watch).run({ quick: values.quick })
process.stdout.write(formatTable(figures))
