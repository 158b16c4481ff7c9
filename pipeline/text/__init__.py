"""What is done with characters, spans and cells, whoever asks: no room's own business."""
