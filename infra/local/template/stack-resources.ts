import { type Json, type JsonObject, isJsonArray, isJsonObject, textOf } from '#infra/local/json.ts';
import type { StackTemplate, TemplateResource } from '#infra/local/template/assembly.ts';
import { type TemplateScope, resolveIntrinsics } from '#infra/local/template/intrinsics.ts';
import {
  type LocalPlace,
  type NamedResource,
  nameProperty,
  resourceAttribute,
  resourceName,
  resourceRef,
} from '#infra/local/template/resource-names.ts';

/** A resource with its properties evaluated: no intrinsic is left in them. */
export interface StackResource extends NamedResource {
  readonly properties: JsonObject;
  /** The folder of the code asset, for functions. */
  readonly assetFolder: string | undefined;
}

/** Evaluates all stacks together: what one exports another may import, whatever their order. */
export function evaluateStacks(stacks: readonly StackTemplate[], place: LocalPlace): StackResource[] {
  const scopes = new Map<string, StackScope>();
  for (const stack of stacks) scopes.set(stack.stackName, new StackScope(stack, place, scopes));
  return [...scopes.values()].flatMap((scope) => scope.evaluate());
}

class StackScope implements TemplateScope {
  readonly #stack: StackTemplate;
  readonly #place: LocalPlace;
  readonly #siblings: ReadonlyMap<string, StackScope>;
  readonly #named = new Map<string, NamedResource>();
  readonly #pseudo: Readonly<Record<string, Json>>;

  constructor(stack: StackTemplate, place: LocalPlace, siblings: ReadonlyMap<string, StackScope>) {
    this.#stack = stack;
    this.#place = place;
    this.#siblings = siblings;
    this.#pseudo = {
      'AWS::AccountId': place.account,
      'AWS::Region': place.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.stackName,
      'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack.stackName}/local`,
      'AWS::NotificationARNs': [],
    };
  }

  evaluate(): StackResource[] {
    return Object.entries(this.#stack.template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || this.condition(Condition))
      .map(([logicalId, resource]) => this.#evaluateResource(logicalId, resource));
  }

  #evaluateResource(logicalId: string, resource: TemplateResource): StackResource {
    const properties = this.#resolveAt(logicalId, resource.Properties ?? {});
    if (!isJsonObject(properties)) throw new Error(`${logicalId}: its properties are not an object.`);
    const code = isJsonObject(properties['Code']) ? properties['Code'] : {};
    return {
      ...this.#resourceOf(logicalId),
      properties,
      assetFolder: this.#stack.assetFolders.get(textOf(code['S3Key'])),
    };
  }

  #resolveAt(logicalId: string, value: Json): Json {
    try {
      return resolveIntrinsics(value, this);
    } catch (cause) {
      throw new Error(`Stack ${this.#stack.stackName}, resource ${logicalId}: ${String(cause)}`, { cause });
    }
  }

  #resourceOf(logicalId: string): NamedResource {
    const known = this.#named.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.#stack.template.Resources[logicalId];
    if (resource === undefined)
      throw new Error(`Stack ${this.#stack.stackName} has no resource or parameter ${logicalId}.`);
    const property = nameProperty(resource.Type);
    const own = property === undefined ? undefined : resource.Properties?.[property];
    const ownName = own === undefined ? undefined : textOf(resolveIntrinsics(own, this));
    const base = { stackName: this.#stack.stackName, logicalId, type: resource.Type };
    const named = { ...base, name: resourceName(base, ownName) };
    this.#named.set(logicalId, named);
    return named;
  }

  ref(logicalId: string): Json {
    const pseudo = this.#pseudo[logicalId];
    if (pseudo !== undefined) return pseudo;
    const parameter = this.#stack.template.Parameters[logicalId];
    if (parameter === undefined) return resourceRef(this.#resourceOf(logicalId), this.#place);
    if (typeof parameter.Default !== 'string' && typeof parameter.Default !== 'number')
      throw new Error(`Parameter ${logicalId} has no default value: the local run has no other to give.`);
    return parameter.Default;
  }

  attribute(logicalId: string, attribute: string): Json {
    return resourceAttribute(this.#resourceOf(logicalId), attribute, this.#place);
  }

  condition(name: string): boolean {
    const expression = this.#stack.template.Conditions[name];
    if (expression === undefined) throw new Error(`Stack ${this.#stack.stackName} has no condition ${name}.`);
    return resolveIntrinsics(expression, this) === true;
  }

  mapping(map: string, key: string, attribute: string): Json {
    let value: Json | undefined = this.#stack.template.Mappings;
    for (const step of [map, key, attribute]) value = isJsonObject(value) ? value[step] : undefined;
    if (value === undefined) throw new Error(`Mapping ${map}.${key}.${attribute} does not exist.`);
    return isJsonArray(value) ? [...value] : value;
  }

  importValue(exportName: string): Json {
    for (const sibling of this.#siblings.values()) {
      const value = sibling.exported(exportName);
      if (value !== undefined) return value;
    }
    throw new Error(`No stack of this run exports ${exportName}. Name the exporting stack too.`);
  }

  exported(exportName: string): Json | undefined {
    for (const { Export, Value } of Object.values(this.#stack.template.Outputs)) {
      const name = Export?.['Name'];
      if (name !== undefined && resolveIntrinsics(name, this) === exportName)
        return resolveIntrinsics(Value ?? null, this);
    }
    return undefined;
  }

  stackOutput(stackName: string, outputName: string): Json {
    const sibling = this.#siblings.get(stackName);
    if (sibling === undefined) throw new Error(`Stack ${stackName} is not part of this run.`);
    return sibling.output(outputName);
  }

  output(outputName: string): Json {
    const output = this.#stack.template.Outputs[outputName];
    if (output === undefined) throw new Error(`Stack ${this.#stack.stackName} has no output ${outputName}.`);
    return resolveIntrinsics(output.Value ?? null, this);
  }
}
