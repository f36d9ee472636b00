/** Takes the place of the SDK's two-way streams (S3 Select, transcription): no function opens one. */
export function EventStreamSerde(): never {
  throw new Error('event streams are left out of the bundles: see infra/build/stand-ins.ts');
}

export const eventStreamSerdeProvider = EventStreamSerde;
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;
