import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Type = string | readonly [string, Type];

interface Attribute {
  readonly type: Type;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
}

interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly block_types: Readonly<
    Record<string, { readonly nesting_mode: string; readonly min_items?: number; readonly max_items?: number; readonly block: Block }>
  >;
}

/** What the generated code says of one field: how it was declared in the provider's schema. */
interface Declared {
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** The cdktf type of a field that is only ever read. */
  readonly read?: string;
}

/** One field as it is written out: its type, or the structure whose fields it holds. */
interface Written {
  readonly name: string;
  readonly value: string;
  readonly isBlock: boolean;
  readonly type: string;
  readonly storage: string;
}

const simple: Readonly<Record<string, Type>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  stringList: ["list", "string"],
  numberList: ["list", "number"],
  booleanList: ["list", "bool"],
  stringMap: ["map", "string"],
  numberMap: ["map", "number"],
  booleanMap: ["map", "bool"],
};
const read: Readonly<Record<string, Type>> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  List: ["list", "string"],
  StringMap: ["map", "string"],
};

/**
 * The google provider's schema, as far as it can be read back from cdktf's bindings for it: names, types, what is required and
 * what is only read. The provider itself cannot be had everywhere; its meaning (which values it takes) is not in here.
 * @param modules folders of `@cdktf/provider-google/lib`: `storage-bucket`, `data-google-project`, `provider`
 */
export function googleSchema(root: string, modules: readonly string[]): object {
  const all = modules.map((module) => ({ module, ...schemaOf(root, module) }));
  const of = (wanted: (module: string) => boolean) =>
    Object.fromEntries(all.filter(({ module }) => wanted(module)).map(({ type, block }) => [type, { version: 0, block }]));
  return {
    format_version: "1.0",
    provider_schemas: {
      "registry.terraform.io/hashicorp/google": {
        provider: Object.values(of((module) => module === "provider"))[0] ?? { version: 0, block: { attributes: {}, block_types: {} } },
        resource_schemas: of((module) => module !== "provider" && !module.startsWith("data-google-")),
        data_source_schemas: of((module) => module.startsWith("data-google-")),
      },
    },
  };
}

function schemaOf(root: string, module: string): { readonly type: string; readonly block: Block } {
  const folder = join(root, "node_modules/@cdktf/provider-google/lib", module);
  if (existsSync(join(folder, "index-structs"))) throw new Error(`${module} is spread over several files, which is not read here`);
  const source = embeddedSource(readFileSync(join(folder, "index.js"), "utf8"));
  const main = /export class (\w+) extends cdktf\.Terraform(?:Resource|Provider|DataSource)/.exec(source)?.[1] ?? "";
  const type = /tfResourceType = "(\w+)"/.exec(source)?.[1] ?? "";
  const declared = declarations(source);
  const structures = new Map(
    [...source.matchAll(/export function (\w+)ToHclTerraform\(struct[\s\S]*?\n}\n/g)].map(([text, name]) => [name ?? "", fields(text)]),
  );
  const own = fields(/synthesizeHclAttributes\(\)[\s\S]*?\n {2}}\n/.exec(source)?.[0] ?? "");
  return { type, block: blockOf(own, declared.get(main) ?? new Map(), structures, declared) };
}

/** The TypeScript that a compiled module was made from: its comments say what the compiled code has forgotten. */
function embeddedSource(compiled: string): string {
  const map = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(compiled)?.[1] ?? "";
  const { sourcesContent } = JSON.parse(Buffer.from(map, "base64").toString()) as { readonly sourcesContent: readonly string[] };
  return sourcesContent[0] ?? "";
}

/** By class, how each field was declared. */
function declarations(source: string): ReadonlyMap<string, ReadonlyMap<string, Declared>> {
  const classes = source.split(/^export class /m).slice(1);
  return new Map(
    classes.map((text) => {
      const name = /^\w+/.exec(text)?.[0] ?? "";
      const parts = text.split(/^ {2}\/\/ (?=\w+ - computed: )/m).slice(1);
      const named = parts.map((part): readonly [string, Declared] => {
        const [, field = "", computed, optional, required] = /^(\w+) - computed: (\w+), optional: (\w+), required: (\w+)/.exec(part) ?? [];
        const kind = /return this\.get(\w+)Attribute\('/.exec(part)?.[1] ?? /= new cdktf\.(\w+)\(this, "/.exec(part)?.[1];
        return [
          field,
          { computed: computed === "true", optional: optional === "true", required: required === "true", ...(kind ? { read: kind } : {}) },
        ];
      });
      return [name, new Map(named)];
    }),
  );
}

const fields = (text: string): readonly Written[] =>
  [...text.matchAll(/^ {4,6}(\w+): \{\s+value: ([\s\S]*?),\s+isBlock: (true|false),\s+type: "(\w+)",\s+storageClassType: "(\w+)",/gm)].map(
    ([, name = "", value = "", isBlock, type = "", storage = ""]) => ({ name, value, isBlock: isBlock === "true", type, storage }),
  );

function blockOf(
  written: readonly Written[],
  declared: ReadonlyMap<string, Declared>,
  structures: ReadonlyMap<string, readonly Written[]>,
  all: ReadonlyMap<string, ReadonlyMap<string, Declared>>,
): Block {
  const named = new Set(written.map(({ name }) => name));
  const onlyRead = [...declared].filter(([name, it]) => !named.has(name) && it.computed && !it.optional && !it.required);
  return {
    attributes: Object.fromEntries([
      ...written.filter(({ isBlock }) => !isBlock).map((it) => [it.name, attributeOf(it, declared.get(it.name))] as const),
      ...onlyRead.map(([name, { read: kind }]) => [name, { type: read[kind ?? ""] ?? "dynamic", computed: true }] as const),
    ]),
    block_types: Object.fromEntries(
      written
        .filter(({ isBlock }) => isBlock)
        .map((it) => {
          const structure = /(\w+)ToHclTerraform/.exec(it.value)?.[1] ?? "";
          const own = all.get(`${structure[0]?.toUpperCase()}${structure.slice(1)}OutputReference`) ?? new Map<string, Declared>();
          const block = blockOf(structures.get(structure) ?? [], own, structures, all);
          return [it.name, { ...nesting(it, declared.get(it.name)), block }];
        }),
    ),
  };
}

/** `timeouts` is one object; everything else is a list or a set, of one where the bindings take no list. */
function nesting({ type, value }: Written, declared: Declared | undefined) {
  if (type === "struct") return { nesting_mode: "single" };
  return {
    nesting_mode: type,
    ...(declared?.required ? { min_items: 1 } : {}),
    ...(value.includes("listMapperHcl") ? {} : { max_items: 1 }),
  };
}

function attributeOf({ type, storage }: Written, declared: Declared | undefined): Attribute {
  const kind = simple[storage] ?? "dynamic";
  return {
    type: type === "set" && typeof kind !== "string" ? ["set", kind[1]] : kind,
    ...(declared?.required ? { required: true } : { optional: true }),
    ...(declared?.computed ? { computed: true } : {}),
  };
}
