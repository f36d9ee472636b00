import '../../functions/_adapters/ses/whole.ts';
