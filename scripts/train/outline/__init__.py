"""Training pipeline of the outlining network: synthetic slices, real slices, training, export, scores."""
