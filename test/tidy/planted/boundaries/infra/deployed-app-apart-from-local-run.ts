import './local/whole.ts';
